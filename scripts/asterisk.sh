#!/bin/bash
# Runs Asterisk from the project's own configuration, unprivileged, on loopback, with everything it writes in one folder.
#
#   scripts/asterisk.sh start  [OPTIONS]     in the background; returns when it takes calls
#   scripts/asterisk.sh stop   [--dir DIR]   stops it; nothing to do is fine
#   scripts/asterisk.sh status [--dir DIR]   says whether it runs and where; exit code 3 when it doesn't
#   scripts/asterisk.sh rx     [--dir DIR] 'core show channels'    a command for its command line
#   scripts/asterisk.sh run    [OPTIONS]     in the foreground: ends with TERM, INT, or the process that started it;
#                                            prints one line "ready …" when it takes calls
#   scripts/asterisk.sh render [OPTIONS]     only makes DIR and DIR/etc
#
# OPTIONS (also as variables; what an instance was made with is remembered):
#   --dir DIR                       the instance's folder, default .voiceai/asterisk
#   --sip-port N                    VOICEAI_SIP_PORT             5060
#   --sip-bind ADDRESS              VOICEAI_SIP_BIND             127.0.0.1; 0.0.0.0 opens SIP to your network
#   --advertise ADDRESS             VOICEAI_ADVERTISE            where phones reach this Asterisk, when that is not --sip-bind (containers, NAT)
#   --http-port N                   VOICEAI_ASTERISK_HTTP_PORT   8088, ARI and media WebSocket
#   --http-bind ADDRESS             VOICEAI_ASTERISK_HTTP_BIND   127.0.0.1
#   --rtp-start N --rtp-end N       VOICEAI_RTP_START, _RTP_END  10000 to 10199
#   --agi-port N                    VOICEAI_AGI_PORT             4573, where the voice service listens
#   --agi-host HOST                 VOICEAI_AGI_HOST             127.0.0.1
#   --ari-password-file FILE        a password for ARI's user "voiceai"; without it each instance gets its own
#
# DIR holds: instance.env (ports), ari-password, softphone-password, etc/ (made from asterisk-config/; files named
# *_local.conf are yours and stay), log/messages, log/console, run/ready (there while it takes calls).
# VOICEAI_ASTERISK   which Asterisk: see install-asterisk.sh
# VOICEAI_SANDBOX    none: don't use bubblewrap (it is also left out where user namespaces are forbidden)
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/asterisk.sh"

usage() { sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; }

verb=${1:-}
case "$verb" in
    render | run | start | stop | status | rx) shift ;;
    -h | --help) usage; exit 0 ;;
    '') usage >&2; exit 2 ;;
    *) die "Unknown verb $verb: see $0 --help." ;;
esac

dir=$VOICEAI_STATE/asterisk
password_file=
detached=no
declare -A given=()
while [ $# -gt 0 ]; do
    case "$1" in
        --sip-port | --sip-bind | --advertise | --http-port | --http-bind | --rtp-start | --rtp-end | --agi-port | --agi-host | --dir | --ari-password-file)
            [ $# -ge 2 ] || die "$1 needs a value: see $0 --help."
            case "$1" in
                --dir) dir=$2 ;;
                --ari-password-file) password_file=$2 ;;
                *) given[$1]=$2 ;;
            esac
            shift 2 ;;
        --detached) detached=yes; shift ;;             # start's own: outlive the process that started it
        --) shift; break ;;
        -*) die "Unknown option $1: see $0 --help." ;;
        *) break ;;
    esac
done
dir=$(realpath -m -- "$dir")
case "$dir" in *[\;\\\"]* | *$'\n'*) die "The folder's name $dir holds a character that Asterisk's files can't: choose another." ;; esac
[ "${#dir}" -le 90 ] || die "The folder's path is ${#dir} characters long, and a socket in it allows 90: choose a shorter --dir."

# ---- settings -------------------------------------------------------------------------------------------------------

# setting OPTION VARIABLE DEFAULT: the option, else the variable, else what the instance was made with, else the default
setting() {
    local option=$1 variable=$2 value
    value=${given[$option]:-${!variable:-${remembered[$variable]:-$3}}}
    printf -v "$variable" '%s' "$value"
}

load_settings() {
    local line
    declare -gA remembered=()
    if [ -f "$dir/instance.env" ]; then
        while IFS= read -r line; do remembered[${line%%=*}]=${line#*=}; done <"$dir/instance.env"
    fi
    setting --sip-port VOICEAI_SIP_PORT 5060
    setting --sip-bind VOICEAI_SIP_BIND 127.0.0.1
    setting --advertise VOICEAI_ADVERTISE ''
    setting --http-port VOICEAI_ASTERISK_HTTP_PORT 8088
    setting --http-bind VOICEAI_ASTERISK_HTTP_BIND 127.0.0.1
    setting --rtp-start VOICEAI_RTP_START 10000
    setting --rtp-end VOICEAI_RTP_END 10199
    setting --agi-port VOICEAI_AGI_PORT 4573
    setting --agi-host VOICEAI_AGI_HOST 127.0.0.1
    local variable
    for variable in VOICEAI_SIP_PORT VOICEAI_ASTERISK_HTTP_PORT VOICEAI_RTP_START VOICEAI_RTP_END VOICEAI_AGI_PORT; do
        case "${!variable}" in '' | *[!0-9]* | ??????*) die "$variable must be a port number, not '${!variable}'." ;; esac
    done
    [ "$VOICEAI_RTP_START" -lt "$VOICEAI_RTP_END" ] || die "VOICEAI_RTP_START must be less than VOICEAI_RTP_END."
    for variable in VOICEAI_SIP_BIND VOICEAI_ASTERISK_HTTP_BIND; do
        case "${!variable}" in '' | *[!0-9.]*) die "$variable must be an IPv4 address of this machine, not '${!variable}'." ;; esac
    done
    for variable in VOICEAI_ADVERTISE VOICEAI_AGI_HOST; do
        case "${!variable}" in *[!0-9A-Za-z.-]*) die "$variable must be an IPv4 address or a host name, not '${!variable}'." ;; esac
    done
    [ -n "$VOICEAI_AGI_HOST" ] || die "VOICEAI_AGI_HOST must not be empty."
}

settings_text() {
    local variable
    for variable in VOICEAI_SIP_PORT VOICEAI_SIP_BIND VOICEAI_ADVERTISE VOICEAI_ASTERISK_HTTP_PORT VOICEAI_ASTERISK_HTTP_BIND \
        VOICEAI_RTP_START VOICEAI_RTP_END VOICEAI_AGI_PORT VOICEAI_AGI_HOST; do
        printf '%s=%s\n' "$variable" "${!variable}"
    done
}

# ---- how Asterisk is run --------------------------------------------------------------------------------------------

# Sets the arrays asterisk_command and cli_command (the same program, for talking to a running one), and module_dir and
# data_dir as the running Asterisk sees them.
choose_command() {
    asterisk_find || die "Asterisk isn't installed yet: run scripts/install-asterisk.sh."
    module_dir=$ASTERISK_MODULE_DIR data_dir=$ASTERISK_DATA_DIR
    local environment=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "HOME=$dir" LANG=C.UTF-8 TERM=dumb)
    local config=(-C "$dir/etc/asterisk.conf") sandbox

    # the root's own loader and libraries, so that neither chroot nor mount is needed
    if [ -n "$ASTERISK_ROOT" ]; then
        cli_command=("${environment[@]}" "$(asterisk_loader "$ASTERISK_ROOT")"
            --library-path "$ASTERISK_ROOT/usr/lib/$(debian_multiarch)" "$ASTERISK_ROOT/usr/sbin/asterisk" "${config[@]}")
    else
        cli_command=("${environment[@]}" /usr/sbin/asterisk "${config[@]}")
    fi

    if [ "${VOICEAI_SANDBOX:-}" != none ] && user_namespaces_work; then
        sandbox=("$(command -v bwrap)" --unshare-user --uid 1000 --gid 1000 --unshare-pid --unshare-ipc --unshare-uts --hostname localhost
            --die-with-parent --cap-drop ALL)
        if [ -n "$ASTERISK_ROOT" ]; then
            sandbox+=(--ro-bind "$ASTERISK_ROOT/usr" /usr --ro-bind "$ASTERISK_ROOT/etc" /etc
                --symlink usr/bin /bin --symlink usr/sbin /sbin --symlink usr/lib /lib --symlink usr/lib64 /lib64
                --ro-bind-try /etc/resolv.conf /etc/resolv.conf --dir /var/lib --dir /run)
        else
            sandbox+=(--ro-bind / / --tmpfs /run)
        fi
        sandbox+=(--proc /proc --dev /dev --tmpfs /tmp --bind "$dir" "$dir" --chdir "$dir")
        asterisk_command=("${environment[@]}" "${sandbox[@]}" /usr/sbin/asterisk "${config[@]}")
    else
        # no sandbox to be had: as root, at least without any of root's powers
        asterisk_command=("${cli_command[@]}")
        if is_root && have setpriv; then
            asterisk_command=(setpriv --no-new-privs --bounding-set=-all --inh-caps=-all "${cli_command[@]}")
        fi
        module_dir=$ASTERISK_ROOT$module_dir data_dir=$ASTERISK_ROOT$data_dir
    fi
}

# ---- render ---------------------------------------------------------------------------------------------------------

# secret NAME: makes DIR/NAME with a random secret unless it is there; sets REPLY to it.
secret() {
    if [ ! -s "$dir/$1" ]; then
        head -c 18 /dev/urandom | base64 | tr '+/' '-_' >"$dir/$1.part"
        mv -f -- "$dir/$1.part" "$dir/$1"
    fi
    IFS= read -r REPLY <"$dir/$1"
}

asterisk_conf() {
    cat <<END
; made by scripts/asterisk.sh
[directories]
astetcdir => $dir/etc
astmoddir => $module_dir
astdatadir => $data_dir
astvarlibdir => $dir/lib
astagidir => $dir/lib/agi-bin
astdbdir => $dir/db
astkeydir => $dir/keys
astspooldir => $dir/spool
astrundir => $dir/run
astlogdir => $dir/log
astcachedir => $dir/cache

[options]
nocolor=yes
documentation_language=en_US
live_dangerously=no
END
}

# replace FILE OLD NEW: replaces each OLD, and insists that there was one.
replace() {
    local text=${files[$1]}
    case "$text" in *"$2"*) files[$1]=${text//"$2"/$3} ;; *) die "asterisk-config/$1 no longer holds '$2', which a setting replaces: put it back." ;; esac
}

render() {
    local source=$VOICEAI_CHECKOUT/asterisk-config file name ari softphone made
    umask 077
    mkdir -p -- "$dir" || die "The folder $dir can't be made: choose another with --dir."
    mkdir -p -- "$dir"/{etc,db,keys/keys,run,log,cache,lib,spool/recording,spool/monitor,spool/tmp}
    if [ -n "$password_file" ]; then
        [ -s "$password_file" ] || die "The file $password_file with ARI's password is missing or empty: correct --ari-password-file."
        head -n 1 -- "$password_file" >"$dir/ari-password"
    fi
    secret ari-password; ari=$REPLY
    secret softphone-password; softphone=$REPLY
    case "$ari" in *[\;\\]*) die "ARI's password may hold neither ';' nor '\\': choose another." ;; esac

    declare -A files=()
    for file in "$source"/*.conf; do files[${file##*/}]=$(<"$file"); done
    replace pjsip.conf "bind=127.0.0.1:5060" "bind=$VOICEAI_SIP_BIND:$VOICEAI_SIP_PORT"
    if [ -n "$VOICEAI_ADVERTISE" ]; then
        # without local_net both addresses are given to everybody
        replace pjsip.conf "bind=$VOICEAI_SIP_BIND:$VOICEAI_SIP_PORT" "bind=$VOICEAI_SIP_BIND:$VOICEAI_SIP_PORT
external_media_address=$VOICEAI_ADVERTISE
external_signaling_address=$VOICEAI_ADVERTISE"
        # what is asked of a phone every 20 s keeps its way through a NAT open, which forgets silent ones after 30
        replace pjsip.conf "max_contacts=3" $'max_contacts=3\nqualify_frequency=20'
        files[pjsip.conf]=$(sed '/^media_address=/d' <<<"${files[pjsip.conf]}")
    fi
    replace pjsip.conf $'username=softphone\npassword=' $'username=softphone\npassword='"$softphone"
    replace http.conf "bindport=8088" "bindport=$VOICEAI_ASTERISK_HTTP_PORT"
    replace http.conf "bindaddr=127.0.0.1" "bindaddr=$VOICEAI_ASTERISK_HTTP_BIND"
    replace ari.conf $'\npassword=' $'\npassword='"$ari"
    replace rtp.conf "rtpstart=10000" "rtpstart=$VOICEAI_RTP_START"
    replace rtp.conf "rtpend=10199" "rtpend=$VOICEAI_RTP_END"
    # shellcheck disable=SC2153
    if [ "$VOICEAI_AGI_HOST:$VOICEAI_AGI_PORT" != 127.0.0.1:4573 ]; then
        replace extensions.conf "VOICEAI=127.0.0.1:4573" "VOICEAI=$VOICEAI_AGI_HOST:$VOICEAI_AGI_PORT"
        replace extensions.conf "agi://127.0.0.1/" "agi://$VOICEAI_AGI_HOST:$VOICEAI_AGI_PORT/"
    fi
    case "${VOICEAI_ADVERTISE:-$VOICEAI_SIP_BIND}" in
        127.*) ;;
        *)  # open to a network: no endpoint without a password, and the address in the media offer is the real one
            files[pjsip.conf]=$(awk '/^\[/ { skip = ($0 == "[caller]") } !skip && !/^media_address=/' <<<"${files[pjsip.conf]}") ;;
    esac
    files[asterisk.conf]=$(asterisk_conf)

    made=$(declare -p files | sha256sum)
    [ -f "$dir/etc/.made" ] && [ "$made" = "$(<"$dir/etc/.made")" ] && [ -f "$dir/etc/asterisk.conf" ] && return 0
    rm -f -- "$dir/etc/.made"
    for name in "${!files[@]}"; do printf '%s\n' "${files[$name]}" >"$dir/etc/$name"; done
    settings_text >"$dir/instance.env.part"
    mv -f -- "$dir/instance.env.part" "$dir/instance.env"
    printf '%s\n' "$made" >"$dir/etc/.made"
}

# ---- run ------------------------------------------------------------------------------------------------------------

where() {
    printf 'sip=%s:%s http=127.0.0.1:%s rtp=%s-%s agi=127.0.0.1:%s dir=%s\n' "$VOICEAI_SIP_BIND" "$VOICEAI_SIP_PORT" \
        "$VOICEAI_ASTERISK_HTTP_PORT" "$VOICEAI_RTP_START" "$VOICEAI_RTP_END" "$VOICEAI_AGI_PORT" "$dir"
}

# The lock is held by everything that runs for this instance, so who gets it knows that nothing is left.
running() {
    [ -e "$dir/run/lock" ] || return 1
    ! flock -n "$dir/run/lock" true
}

# pause SECONDS: sleeps without a process of its own.
pause() { read -r -t "$1" -u "$never" || true; }

# children PID: the processes that PID started.
children() { cat "/proc/$1/task/$1/children" 2>/dev/null || true; }

# asterisk_pid PID: Asterisk itself, below bubblewrap's two processes if PID is bubblewrap.
asterisk_pid() {
    local pid=$1 below
    while [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = bwrap ]; do
        below=$(children "$pid"); below=${below%% *}
        [ -n "$below" ] || break
        pid=$below
    done
    printf '%s\n' "$pid"
}

parent_of() { awk '/^PPid:/ { print $2 }' "/proc/$1/status" 2>/dev/null || true; }

# Beside the running Asterisk: announces that it takes calls, then watches that whoever started us is still there.
companion() {
    local supervisor=$1 parent=$2 status booted
    while [ ! -S "$dir/run/asterisk.ctl" ]; do
        [ -d "/proc/$supervisor" ] || return 0
        pause 0.05
    done
    # its exit code says nothing
    booted=$(timeout 30 "${cli_command[@]}" -rx 'core waitfullybooted' 2>&1) || return 0
    case "$booted" in *"fully booted"*) ;; *) return 0 ;; esac
    where >"$dir/run/ready"
    printf 'ready %s\n' "$(<"$dir/run/ready")"
    exec >/dev/null 2>&1
    [ "$detached" = no ] || return 0
    while [ -d "/proc/$supervisor" ]; do
        # "PPid:" of the supervisor changes when its parent is gone
        status=$(<"/proc/$supervisor/status") || return 0
        case "$status" in *"PPid:"$'\t'"$parent"$'\n'*) ;; *) kill -TERM "$supervisor"; return 0 ;; esac
        pause 1
    done
}

run() {
    local asterisk companion status=0 asked=no tries parent
    parent=$(parent_of $$)
    exec {lock_fd}>"$dir/run/lock"
    flock -n "$lock_fd" || die "An Asterisk already runs in $dir: stop it with '$0 stop --dir $dir' or choose another --dir."
    require_port_free udp "$VOICEAI_SIP_PORT" VOICEAI_SIP_PORT "SIP"
    require_port_free tcp "$VOICEAI_ASTERISK_HTTP_PORT" VOICEAI_ASTERISK_HTTP_PORT "Asterisk's ARI"
    rm -f -- "$dir"/run/{ready,asterisk.ctl,asterisk.pid}
    printf '%s\n' $$ >"$dir/run/supervisor.pid"
    ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
    exec {never}<> <(:)

    trap 'asked=yes' TERM INT HUP
    # a session of its own: the terminal's Ctrl-C comes to us, and we end Asterisk properly
    setsid "${asterisk_command[@]}" -f </dev/null >"$dir/log/console" 2>&1 &
    asterisk=$!
    (trap - TERM INT HUP; exec {lock_fd}>&-; companion $$ "$parent") &
    companion=$!

    while [ "$asked" = no ]; do
        if wait "$asterisk"; then status=0; else status=$?; fi
        kill -0 "$asterisk" 2>/dev/null || break
    done
    if [ "$asked" = yes ]; then
        for ((tries = 0; tries < 50; tries++)); do      # 2.5 s, then without ceremony
            kill -0 "$asterisk" 2>/dev/null || break
            # more than once: while it boots, Asterisk may overlook a signal
            [ $((tries % 6)) != 0 ] || kill -TERM "$(asterisk_pid "$asterisk")" 2>/dev/null || true
            pause 0.05
        done
        kill -KILL "$asterisk" 2>/dev/null || true
        wait "$asterisk" 2>/dev/null || true
        status=0
    elif [ ! -e "$dir/run/ready" ] || [ "$status" != 0 ]; then
        tail -n 10 "$dir/log/console" >&2 || true
        printf '%s: Asterisk ended by itself (exit code %s): see %s.\n' "$(basename "$0")" "$status" "$dir/log/messages" >&2
        [ "$status" != 0 ] || status=1
    fi
    kill "$companion" 2>/dev/null || true
    wait "$companion" 2>/dev/null || true
    rm -f -- "$dir"/run/{ready,supervisor.pid,asterisk.ctl,asterisk.pid}
    exit "$status"
}

# ---- start, stop, status, rx ----------------------------------------------------------------------------------------

start() {
    local starter tries=600
    if running; then
        say "Asterisk already runs: $(cat "$dir/run/ready" 2>/dev/null || echo "$dir")"
        return 0
    fi
    mkdir -p -- "$dir/log" "$dir/run"
    rm -f -- "$dir/run/ready"
    require_port_free udp "$VOICEAI_SIP_PORT" VOICEAI_SIP_PORT "SIP"
    require_port_free tcp "$VOICEAI_ASTERISK_HTTP_PORT" VOICEAI_ASTERISK_HTTP_PORT "Asterisk's ARI"
    # nothing of the caller's is held open by what stays behind
    # shellcheck disable=SC2016
    setsid bash -c 'for fd in /proc/$$/fd/*; do n=${fd##*/}; [ "$n" -le 2 ] || [ "$n" = 255 ] || eval "exec $n>&-"; done
                    exec "$@"' start "$0" run --detached --dir "$dir" </dev/null >"$dir/log/start" 2>&1 &
    starter=$!
    exec {never}<> <(:)
    while [ ! -e "$dir/run/ready" ]; do
        if ! kill -0 "$starter" 2>/dev/null || [ $((tries -= 1)) -le 0 ]; then
            cat "$dir/log/start" >&2
            kill -TERM "$starter" 2>/dev/null || true
            die "Asterisk did not start: see $dir/log/messages."
        fi
        pause 0.05
    done
    say "Asterisk takes calls: $(cat "$dir/run/ready")"
}

stop() {
    local pid tries=80
    running || return 0
    exec {never}<> <(:)
    pid=$(cat "$dir/run/supervisor.pid" 2>/dev/null || true)
    if [ -n "$pid" ] && grep -qs asterisk.sh "/proc/$pid/cmdline"; then kill -TERM "$pid" 2>/dev/null || true; fi
    while running; do
        [ $((tries -= 1)) -gt 0 ] || die "Asterisk in $dir does not stop: look for it with 'ps -ef | grep $dir'."
        pause 0.05
    done
}

case "$verb" in
    render) load_settings; choose_command; render ;;
    run) load_settings; choose_command; render; run ;;
    start) load_settings; choose_command; render; start ;;
    stop) stop ;;
    status)
        load_settings
        if running; then echo "running $(where)"; else echo "stopped dir=$dir"; exit 3; fi ;;
    rx)
        [ $# -ge 1 ] || die "rx needs a command, such as 'core show channels'."
        running || die "No Asterisk runs in $dir: start it with '$0 start --dir $dir'."
        choose_command
        exec "${cli_command[@]}" -rx "$*" ;;
esac
