# shellcheck shell=bash
# What every script shares: where things live, progress, one-sentence failures, downloads that are whole or absent.
# Source it: . "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

VOICEAI_CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VOICEAI_STATE=$(realpath -m -- "${VOICEAI_STATE:-$VOICEAI_CHECKOUT/.voiceai}")
VOICEAI_CACHE=$(realpath -m -- "${VOICEAI_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/asterisk-voiceai}")

# .NET ends at once where the ICU libraries are missing, as on a bare Debian; nothing here formats by culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1

# Programs that scripts installed into the state folder; the machine's own come first.
export PATH=$PATH:$VOICEAI_STATE/bin

# say TEXT: one progress line on stderr with the seconds since the script began (stdout is for results).
say() { printf '[%3ds] %s\n' "$SECONDS" "$*" >&2; }

# die SENTENCE: says what is wrong and what to do about it, in one sentence, and ends the script.
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" = 0 ]; }

# run_logged LOG COMMAND...: runs quietly, shows the log's last lines when the command fails.
run_logged() {
    local log=$1; shift
    if ! "$@" >>"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" >&2
        return 1
    fi
}

sha256_of() { sha256sum -- "$1" | cut -d' ' -f1; }

# sha256_is FILE HASH
sha256_is() { [ -f "$1" ] && [ "$(sha256_of "$1")" = "$2" ]; }

# service_ready PORT: whether the service answers 200 on /health/ready.
service_ready() {
    local status=
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
    printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3
    read -r status <&3 || true
    exec 3>&-
    [[ $status == *" 200 "* ]]
}

# state_dir SUB: makes the folder SUB of the state folder ("" = itself) and prints its path.
state_dir() {
    local dir=$VOICEAI_STATE${1:+/$1}
    mkdir -p -- "$dir" || die "The folder $dir can't be made: set VOICEAI_STATE to a folder that you may write to."
    printf '%s\n' "$dir"
}

# cache_usable: whether the cache shared between checkouts can be written; without it everything still works, slower.
cache_usable() { mkdir -p -- "$VOICEAI_CACHE" 2>/dev/null && [ -w "$VOICEAI_CACHE" ]; }

# lock NAME: one script at a time for NAME in this state folder; the lock ends with the script.
lock() {
    local file
    file=$(state_dir "")/$1.lock
    exec {VOICEAI_LOCK_FD}>"$file"
    if ! flock -n "$VOICEAI_LOCK_FD"; then
        say "Waiting for another script that is at work on $1"
        flock "$VOICEAI_LOCK_FD"
    fi
}
