# shellcheck shell=bash
# Downloads that show how far they are, go on where they were cut off, and are whole or absent. Needs common.sh and platform.sh.

mib() { awk -v bytes="$1" 'BEGIN { printf (bytes < 1048576 ? "%.1f" : "%.0f"), bytes / 1048576 }'; }

# hash_is FILE ALGORITHM:HEX
hash_is() {
    case "$2" in
        sha256:*) [ "$(sha256sum -- "$1" | cut -d' ' -f1)" = "${2#*:}" ] ;;
        md5:*) [ "$(md5sum -- "$1" | cut -d' ' -f1)" = "${2#*:}" ] ;;
        sha1:*) [ "$(sha1sum -- "$1" | cut -d' ' -f1)" = "${2#*:}" ] ;;
        *) die "The hash '$2' is of no known kind: correct the list." ;;
    esac
}

# size_is FILE BYTES
size_is() { [ -f "$1" ] && [ "$(stat -c %s -- "$1")" = "$2" ]; }

# show_progress WHAT PLACE BYTES: a bar, and the percentage, by the size of the file or folder PLACE, until it is killed.
show_progress() {
    local what=$1 place=$2 bytes=$3 have percent bar
    while sleep 0.5; do
        have=$(du -sb -- "$place" 2>/dev/null | cut -f1)
        percent=$((${have:-0} * 100 / bytes)); [ "$percent" -le 100 ] || percent=100
        bar=$(printf '%*s' $((percent / 4)) ''); bar=${bar// /#}
        printf '\r[%-25s] %3d %% of %s MiB  %s ' "$bar" "$percent" "$(mib "$bytes")" "$what" >&2
    done
}

# with_progress WHAT PLACE BYTES COMMAND...: runs the command, with a bar when a person is watching.
with_progress() {
    local what=$1 place=$2 bytes=$3 bar='' status=0; shift 3
    say "Fetching $what ($(mib "$bytes") MiB)"
    if [ -t 2 ]; then show_progress "$what" "$place" "$bytes" & bar=$!; fi
    "$@" || status=$?
    if [ -n "$bar" ]; then
        kill "$bar" 2>/dev/null || true
        wait "$bar" 2>/dev/null || true
        printf '\r\033[K' >&2
    fi
    return "$status"
}

# fetch_url URL PART BYTES LOG: into PART, going on at its end; the caller compares the hash.
fetch_url() {
    local url=$1 part=$2 bytes=$3 log=$4 tries
    have curl || install_packages curl ca-certificates
    for tries in 1 2 3; do
        if size_is "$part" "$bytes"; then return 0; fi
        # longer than it may be: not what we asked for
        if [ -f "$part" ] && [ "$(stat -c %s -- "$part")" -gt "$bytes" ]; then rm -f -- "$part"; fi
        with_progress "${url##*/}" "$part" "$bytes" curl --fail --location --silent --show-error --connect-timeout 20 \
            --speed-limit 1000 --speed-time 60 --max-filesize "$bytes" --continue-at - --output "$part" -- "$url" >>"$log" 2>&1 </dev/null || true
        [ "$tries" = 3 ] || size_is "$part" "$bytes" || sleep "$tries"
    done
    size_is "$part" "$bytes"
}
