#!/usr/bin/env bash
# Proves the installed service under a real systemd: boots Debian 12 in a container (systemd-nspawn), installs, and shows that it is
# ready, well by `voiceai doctor`, back after SIGKILL and after a hang, and gone after uninstalling. Needs root and a few minutes.
#
#   scripts/prove-systemd.sh [--from FOLDER]   FOLDER: a program made by scripts/install.sh --publish
#
# Every command of docs/operations.md is tried by scripts/prove-operations.sh.
# Asterisk runs outside the container, from this checkout, on ports of its own. VOICEAI_MODEL_MIRROR: default .voiceai/models
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/machine.sh"

published=
case "${1:-}" in
    '') ;;
    --from) [ $# -eq 2 ] || die "--from needs a folder."; published=$(realpath -- "$2") ;;
    -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac
is_root || die "Only root can boot a container: run 'sudo $0'."
install_packages systemd-container debootstrap util-linux
models=$(realpath -- "${VOICEAI_MODEL_MIRROR:-$VOICEAI_STATE/models}")
[ -d "$models/silero" ] || die "There are no models in $models: run scripts/get-models.sh."

root=$VOICEAI_STATE/systemd-root
log=$(state_dir log)/prove-systemd.log
: >"$log"
machine_root "$root"
if [ -z "$published" ]; then
    published=$VOICEAI_STATE/published
    "$here/install.sh" --publish "$published"
fi

asterisk=$(mktemp -d /tmp/voiceai-prove-XXXXXX)
clean_up() {
    trap - EXIT INT TERM
    machine_stop
    "$here/asterisk.sh" stop --dir "$asterisk" >/dev/null 2>&1 || true
    rm -rf -- "$asterisk"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$here/asterisk.sh" start --dir "$asterisk" --sip-port 15070 --http-port 18088 --agi-port 14573 --rtp-start 24000 --rtp-end 24199 >/dev/null

mkdir -p -- "$root/src" "$root/published" "$root/models"
machine_boot "$root" -M voiceai-prove --bind-ro="$VOICEAI_CHECKOUT:/src" --bind-ro="$published:/published" --bind-ro="$models:/models"

inside bash -c 'mkdir -p /etc/asterisk-voiceai && cat >/etc/asterisk-voiceai/environment' <<END
VOICEAI__ARI__URL=http://127.0.0.1:18088
VOICEAI__HTTP__PORT=18090
VOICEAI__FASTAGI__PORT=14573
VOICEAI__AUDIOSOCKET__PORT=19093
VOICEAI__RTP__PORT_FIRST=26000
VOICEAI__RTP__PORT_LAST=26199
END
inside bash -c 'cat >/etc/asterisk-voiceai/ari-password' <"$asterisk/ari-password"
inside env -C / VOICEAI_MODEL_MIRROR=/models /src/scripts/install.sh --from /published --no-packages

show() { inside systemctl show --value -p "$1" asterisk-voiceai; }
[ "$(show ActiveState)" = active ] || die "The service is not ready: $(show StatusText)"
inside voiceai doctor | tail -n 1 || [ "${PIPESTATUS[0]}" -lt 2 ] || die "voiceai doctor finds something to mend."

# back_after SIGNAL: milliseconds until another process is ready
back_after() {
    local former began
    former=$(show MainPID)
    began=$(date +%s%N)
    inside kill "-$1" "$former"
    until [ "$(show MainPID)" != "$former" ] && [ "$(show ActiveState)" = active ]; do read -rt 0.1 <> <(:) || true; done
    say "After SIG$1: ready again in $((($(date +%s%N) - began) / 1000000)) ms"
}
back_after KILL
back_after STOP
inside env -C / /src/scripts/uninstall.sh --purge
! inside systemctl cat asterisk-voiceai >/dev/null 2>&1 || die "The unit is still there."
say "Installed, ready, back after SIGKILL and after a hang, removed"
