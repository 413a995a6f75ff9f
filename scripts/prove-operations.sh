#!/usr/bin/env bash
# Proves docs/operations.md: boots Debian 12 in a container (systemd-nspawn) with an Asterisk as Debian configures it, and runs there
# what that page says, in its words: a command that is changed in the page is changed here. Needs root and some ten minutes.
#
#   scripts/prove-operations.sh [--from FOLDER] [--keep]
#     --from FOLDER   a program made by scripts/install.sh --publish
#     --keep          leaves the container up at the end, until Ctrl-C, and says how to get in
#
# Commits of this checkout are used, not what is uncommitted. VOICEAI_MODEL_MIRROR: default .voiceai/models
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/asterisk.sh"
. "$here/lib/machine.sh"

published='' keep=no
while [ $# -gt 0 ]; do
    case "$1" in
        --from) [ $# -ge 2 ] || die "--from needs a folder."; published=$(realpath -- "$2"); shift 2 ;;
        --keep) keep=yes; shift ;;
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) die "Unknown option $1: see $0 --help." ;;
    esac
done
is_root || die "Only root can boot a container: run 'sudo $0'."
install_packages systemd-container debootstrap util-linux git
models=$(realpath -- "${VOICEAI_MODEL_MIRROR:-$VOICEAI_STATE/models}")
[ -d "$models/silero" ] || die "There are no models in $models: run scripts/get-models.sh."
export VOICEAI_ASTERISK=${VOICEAI_ASTERISK:-bundled}
"$here/install-asterisk.sh"
asterisk_find

root=$VOICEAI_STATE/operations-root
log=$(state_dir log)/prove-operations.log
: >"$log"
machine_root "$root" git curl sqlite3 sudo postgresql
if [ -z "$published" ]; then
    published=$VOICEAI_STATE/published
    "$here/install.sh" --publish "$published"
fi

work=$(mktemp -d /tmp/voiceai-operations-XXXXXX)
clean_up() {
    trap - EXIT INT TERM
    machine_stop
    rm -rf -- "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
git clone --quiet --bare "$VOICEAI_CHECKOUT" "$work/voiceai.git"
git -C "$work/voiceai.git" branch --force proof
mkdir -- "$work/carried"

# ---- the machine ------------------------------------------------------------------------------------------------------

# fresh_machine: a new one, with its own network, Asterisk as Debian delivers it, and a clone of this checkout
fresh_machine() {
    machine_boot "$root" --ephemeral -M voiceai-operations --private-network --bind-ro="$ASTERISK_ROOT:/srv/asterisk-root" --bind-ro="$models:/models" \
        --bind-ro="$published:/published" --bind="$work/voiceai.git:/srv/voiceai.git" --bind="$work/carried:/carried"
    in_machine 'prepare' >>"$log" 2>&1 || die "The container can't be prepared: see $log."
}

# in_machine SCRIPT: as root, with the functions of lib/operations-machine.sh
in_machine() {
    inside env -i HOME=/root LANG=C.UTF-8 TERM=dumb PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin VOICEAI_MODEL_MIRROR=/models \
        bash -euo pipefail -c "$(<"$here/lib/operations-machine.sh")"$'\n'"cd /root/AsteriskVoiceAi 2>/dev/null || cd; $1"
}

# documented TEXT: the page's command that is TEXT, or begins so where TEXT ends with " …". The program comes from elsewhere, since
# there is no SDK.
documented() {
    local found
    found=$(awk -v text="$1" '
        BEGIN { begins = sub(/ …$/, "", text) }
        /^```sh/ { code = 1; next }
        /^```/ { code = 0 }
        code { sub(/ +#.*/, ""); if (begins ? index($0, text) == 1 : $0 == text) { print; exit } }' "$VOICEAI_CHECKOUT/docs/operations.md")
    [ -n "$found" ] || die "docs/operations.md has no command with '$1' any more: correct $0."
    sed -E 's#scripts/install\.sh( --no-start|$)#& --no-packages --from /published#' <<<"$found"
}

failed=()
# try WHAT <<SCRIPT: says whether it does what it is to do. In the script a line "page: TEXT" is the page's command.
try() {
    local line script=
    while IFS= read -r line; do
        case "$line" in "page: "*) line=$(documented "${line#page: }") ;; esac
        script+=$line$'\n'
    done
    if in_machine "$script" >"$work/output" 2>&1 </dev/null; then
        say "ok      $1"
    else
        say "FAILED  $1"
        { printf '%s' "$script"; echo "----"; } | sed 's/^/    /' >&2
        tail -n 25 "$work/output" | cut -c1-300 | sed 's/^/    /' >&2
        failed+=("$1")
    fi
    cat "$work/output" >>"$log"
}

# ---- what the page says -----------------------------------------------------------------------------------------------

fresh_machine

say "Install"
try "install.sh installs, and goes on where Asterisk does not know the service yet" <<'END'
page: sudo scripts/install.sh
[ "$(systemctl is-active asterisk-voiceai)" = activating ]
status_says "Asterisk's REST interface"
curl -s http://127.0.0.1:8090/health/ready | grep -F not-ready
END
try "--asterisk-config shows what Asterisk lacks and changes nothing" <<'END'
page: sudo scripts/install.sh --asterisk-config
diff -r /srv/asterisk-root/etc/asterisk /etc/asterisk | grep -v extensions.conf | grep . && exit 1
[ ! -e /etc/asterisk/extensions_voiceai.conf ]
END
try "--write adds it, keeps each file, and names the commands after which calls are taken" <<'END'
page: sudo scripts/install.sh --asterisk-config --write
ls /etc/asterisk/http.conf.before-voiceai-* /etc/asterisk/ari.conf.before-voiceai-* /etc/asterisk/extensions.conf.before-voiceai-*
for command in "module reload http" "module reload res_ari.so" "dialplan reload"; do asterisk -rx "$command"; done
within 90 ready
END
try "voiceai doctor finds nothing to mend, by a real call" <<'END'
code=0
sudo voiceai doctor >/tmp/doctor || code=$?
cat /tmp/doctor
[ "$code" -le 1 ] && grep "^ok    call " /tmp/doctor
echo "idle: $(shown MemoryCurrent) bytes, $(shown TasksCurrent) tasks"
END
try "a call through 'include => voiceai' is heard, understood and recorded" <<'END'
caller voiceai goodbye
within 90 status_says "Ready: 1 call"
within 60 status_says "Ready: 0 calls"
[ "$(newest_call 5,6,7)" = done,flow-hung-up,goodbye ]
END
try "install.sh once more restarts nothing" <<'END'
former=$(shown MainPID)
page: sudo scripts/install.sh
[ "$(shown MainPID)" = "$former" ]
END
if [ -d "$models/minilm" ] && [ -d "$models/smart-turn" ]; then
    try "--models brings more models, and they are used" <<'END'
sudo scripts/install.sh --no-packages --from /published --models "minilm smart-turn"
{ sudo voiceai doctor --no-call || true; } | grep -F "minilm (Meaning): /var/lib"
END
fi
try "speech programs start under the unit's system call filter" <<'END'
systemd-run --quiet --wait --pipe -p User=asterisk-voiceai -p NoNewPrivileges=yes -p CapabilityBoundingSet= -p PrivateUsers=yes \
    -p SystemCallFilter="$(shown SystemCallFilter)" -p SystemCallErrorNumber=EPERM setsid --wait setpriv --pdeathsig KILL -- true
END

say "Watch"
try "status, journal, /status, metrics" <<'END'
page: systemctl status asterisk-voiceai
page: journalctl -u asterisk-voiceai …
page: curl -s http://127.0.0.1:8090/status
status_says "Ready: 0 calls"
curl -s http://127.0.0.1:8090/metrics | grep -F voiceai_
END
try "voiceai watch shows a conversation" <<'END'
{ timeout 90 voiceai watch || true; } >/tmp/watched &
sleep 2
caller voiceai goodbye
within 90 grep -F goodbye /tmp/watched
within 90 status_says "Ready: 0 calls"
END
try "doctor: 2 without Asterisk, --json for programs" <<'END'
systemctl stop asterisk
code=0; sudo voiceai doctor --json >/tmp/doctor || code=$?
systemctl start asterisk
[ "$code" = 2 ] && grep -F '"level": "failure"' /tmp/doctor
within 60 status_says "Ready: 0 calls"
END
try "a wrong configuration is not tried again; check tells where, start after the correction" <<'END'
cp "$yaml" /root/voiceai.yaml
printf 'calls: { max-calls: many }\n' >>"$yaml"
if sudo voiceai check; then exit 1; fi
if systemctl restart asterisk-voiceai; then exit 1; fi
[ "$(shown ExecMainStatus)" = 2 ]
sleep 3
[ "$(shown ActiveState),$(shown NRestarts)" = failed,0 ]
cp /root/voiceai.yaml "$yaml"
sudo voiceai check
systemctl start asterisk-voiceai
END
try "log.level changes in the file, and by systemctl reload" <<'END'
former=$(shown MainPID)
sed -i 's/^log:/log:\n  level: debug/' "$yaml"
within 60 logged "log.level is debug from now on" -15s
cp /root/voiceai.yaml "$yaml"
systemctl reload asterisk-voiceai
within 60 logged "log.level is information from now on" -15s
[ "$(shown MainPID)" = "$former" ]
END

say "Drain"
try "stop lets a call finish, and refuses others meanwhile" <<'END'
caller voiceai goodbye
within 60 status_says "Ready: 1 call"
sleep 8
{
page: sudo systemctl stop asterisk-voiceai
} &
within 60 status_says "Stopping"
caller voiceai-agi silent
wait
[ "$(shown ActiveState),$(shown Result)" = inactive,success ]
hang_up_all
sudo systemctl start asterisk-voiceai
voiceai calls --limit 2 --format csv | cut -d, -f 5,6 | sort | paste -sd' ' | grep -F "done,flow-hung-up refused,draining"
END
try "a call that outlasts calls.drain-timeout goes on in the dialplan" <<'END'
printf 'calls: { drain-timeout: 2s }\n' >>"$yaml"
sudo systemctl restart asterisk-voiceai
caller voiceai silent
within 60 status_says "Ready: 1 call"
page: sudo systemctl restart asterisk-voiceai
[ "$(newest_call 5,6)" = error,draining ]
hang_up_all
cp /root/voiceai.yaml "$yaml"
END

say "Upgrade"
try "changed files stay with .new beside them, deleted flows stay deleted, new ones come, back to the release before" <<'END'
git clone --quiet -b proof /srv/voiceai.git /root/upstream
cd /root/upstream
echo '# a new default' >>systemd/voiceai.yaml
echo '# a new default' >>systemd/environment
sed 's/^flow: main/flow: second/' flows/main.yaml >flows/second.yaml
git add -A && git -c user.name=proof -c user.email=proof@localhost commit --quiet -m "A newer version" && git push --quiet
cd /root/AsteriskVoiceAi
echo '# mine' >>"$yaml"
sed 's/^flow: main/flow: mine/' /etc/asterisk-voiceai/flows/main.yaml >/root/mine.yaml
install -m 640 -g asterisk-voiceai /root/mine.yaml /etc/asterisk-voiceai/flows/
rm /etc/asterisk-voiceai/flows/main.yaml
page: git pull …
tail -n 1 "$yaml" | grep -F '# mine' && tail -n 1 "$yaml.new" | grep -F '# a new default'
tail -n 1 /etc/asterisk-voiceai/environment | grep -F '# a new default'
[ "$(cd /etc/asterisk-voiceai/flows && echo *)" = "mine.yaml second.yaml" ]
rm "$yaml.new"
sed -i 's/voiceai,main/voiceai,mine/; s#route/main#route/mine#' /etc/asterisk/extensions_voiceai.conf
asterisk -rx "dialplan reload"
END
try "back to the release before" <<'END'
newer=$(readlink /opt/asterisk-voiceai/current)
page: ls -t /opt/asterisk-voiceai/releases
older=$(ls -t /opt/asterisk-voiceai/releases | sed -n 2p)
[ -n "$older" ] && [ "releases/$older" != "$newer" ]
sudo ln -sfn "releases/$older" /opt/asterisk-voiceai/current && sudo systemctl restart asterisk-voiceai
readlink "/proc/$(shown MainPID)/exe" | grep -F "$older"
sudo ln -sfn "$newer" /opt/asterisk-voiceai/current && sudo systemctl restart asterisk-voiceai
END

say "Back up and restore"
try "settings and flows into an archive" <<'END'
cd /carried
page: sudo tar -C / -czf …
tar -tzf voiceai-backup.tgz | grep -F flows/mine.yaml
END
try "call records copied while they are written, and put back" <<'END'
caller voiceai silent
within 60 status_says "Ready: 1 call"
page: umask 077
page: cd /var/lib/asterisk-voiceai/records
page: sudo sqlite3 calls.db …
{
page: sudo sqlite3 /root/calls.db …
} | grep -x ok
hang_up_all
kept=$(sqlite3 /root/calls.db "SELECT count(*) FROM calls")
page: sudo systemctl stop asterisk-voiceai
page: sudo sh -c …
page: sudo systemctl start asterisk-voiceai && sudo voiceai calls …
[ "$(voiceai calls --limit 0 --format csv | wc -l)" = $((kept + 1)) ]
END
try "a database without tables is brought up to date, a damaged one set aside" <<'END'
cd /var/lib/asterisk-voiceai/records
systemctl stop asterisk-voiceai
rm calls.db* && install -o asterisk-voiceai -g asterisk-voiceai -m 600 /dev/null calls.db
systemctl start asterisk-voiceai
within 60 voiceai calls
systemctl stop asterisk-voiceai
head -c 16384 /dev/urandom >calls.db && rm -f calls.db-wal calls.db-shm
systemctl start asterisk-voiceai
within 60 voiceai calls
ls calls.db.corrupt-*
END
try "PostgreSQL: pg_dump and pg_restore" <<'END'
as_postgres() { (cd /tmp && setpriv --reuid postgres --regid postgres --init-groups -- "$@"); }
as_postgres createuser asterisk-voiceai && as_postgres createdb -O asterisk-voiceai voiceai
sed -i 's#^  database: .*#  database: Host=/var/run/postgresql;Database=voiceai;Username=asterisk-voiceai#' "$yaml"
systemctl restart asterisk-voiceai
caller voiceai silent
within 60 status_says "Ready: 1 call"
hang_up_all
within 60 eval '[ -n "$(newest_call 5)" ]'
as_postgres pg_dump -Fc -f voiceai.dump voiceai
as_postgres createdb restored && as_postgres pg_restore -d restored voiceai.dump
sed -i 's#Database=voiceai#Database=restored#' "$yaml"
systemctl restart asterisk-voiceai
within 60 eval '[ "$(voiceai calls --format csv | wc -l)" = 2 ]'
cp /root/voiceai.yaml "$yaml"
systemctl restart asterisk-voiceai
END

say "Capacity"
try "systemctl edit changes a limit of the unit; systemd-analyze finds it shut" <<'END'
EDITOR=type-limits LIMITS="MemoryMax=4G" script -qec "sudo systemctl edit asterisk-voiceai" /dev/null
systemctl restart asterisk-voiceai
[ "$(shown MemoryMax)" = $((4 << 30)) ]
systemd-analyze security asterisk-voiceai --threshold=25 --no-pager | tail -n 1
END
# This systemd-nspawn mounts the controllers for reading only where they are those of cgroup v1.
for controller in memory pids; do nsenter -t "$(pgrep -P "$machine" | head -n 1)" -m mount -o remount,bind,rw "/sys/fs/cgroup/$controller" 2>>"$log" || true; done
in_machine 'systemctl daemon-reexec; systemctl restart asterisk-voiceai' >>"$log" 2>&1
# shellcheck disable=SC2016
if in_machine '[ "$(shown MemoryCurrent)" -gt 0 ]' 2>/dev/null; then
    try "too little memory: killed, tried again, and back when there is enough" <<'END'
EDITOR=type-limits LIMITS="MemoryMax=$(($(shown MemoryCurrent) * 6 / 10))" script -qec "sudo systemctl edit asterisk-voiceai" /dev/null
systemctl restart --no-block asterisk-voiceai
within 180 eval '[ "$(shown NRestarts)" -ge 1 ]'
EDITOR=type-limits LIMITS="MemoryMax=4G" script -qec "sudo systemctl edit asterisk-voiceai" /dev/null
within 240 ready
END
    try "too few tasks: says so, tried again, and back when there are enough" <<'END'
EDITOR=type-limits LIMITS="TasksMax=12" script -qec "sudo systemctl edit asterisk-voiceai" /dev/null
systemctl restart --no-block asterisk-voiceai
within 180 eval '[ "$(shown NRestarts)" -ge 1 ]'
journalctl -u asterisk-voiceai -o cat -n 30
EDITOR=type-limits LIMITS="TasksMax=1024" script -qec "sudo systemctl edit asterisk-voiceai" /dev/null
within 240 ready
END
else
    say "not tried: whether limits are reached, since this container may not set any"
fi

say "Remove"
try "uninstall.sh keeps configuration and data" <<'END'
page: sudo scripts/uninstall.sh
[ -f "$yaml" ] && [ -d /var/lib/asterisk-voiceai/records ] && [ ! -e /opt/asterisk-voiceai ] && ! systemctl cat asterisk-voiceai
END
try "--purge leaves nothing of it" <<'END'
page: sudo scripts/uninstall.sh --purge
[ ! -e /etc/asterisk-voiceai ] && [ ! -e /var/lib/asterisk-voiceai ] && [ ! -e /etc/systemd/system/asterisk-voiceai.service.d ] && ! getent passwd asterisk-voiceai
END

say "Another machine"
machine_stop
fresh_machine
try "restored: settings and flows, with another number of the user" <<'END'
useradd --system --user-group somebody
cp /carried/voiceai-backup.tgz .
page: sudo scripts/install.sh --no-start
page: sudo rm -r /etc/asterisk-voiceai/flows
page: sudo tar -C / -xzf …
page: sudo chown -R …
page: sudo scripts/install.sh --asterisk-config --write
for command in "module reload http" "module reload res_ari.so" "dialplan reload"; do asterisk -rx "$command"; done
{
page: sudo systemctl start asterisk-voiceai && sudo voiceai doctor
} || [ "$?" = 1 ]
[ "$(cd /etc/asterisk-voiceai/flows && echo *)" = "mine.yaml second.yaml" ]
END

if [ "$keep" = yes ]; then
    say "The container is up: nsenter -t $(pgrep -P "$machine" | head -n 1) -a bash; Ctrl-C ends it"
    wait "$machine"
fi
[ "${#failed[@]}" -eq 0 ] || die "${#failed[@]} of docs/operations.md do not hold: see above and $log."
say "docs/operations.md holds"
