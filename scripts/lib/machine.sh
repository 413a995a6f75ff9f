# shellcheck shell=bash
# A Debian 12 with systemd in a container (systemd-nspawn), for proofs. Needs common.sh, platform.sh, root and a file $log.

machine=

# machine_root FOLDER PACKAGE...: makes it there unless it is there
machine_root() {
    local root=$1 whole=$1/.voiceai-whole packages; shift
    packages=$(IFS=,; echo "systemd,systemd-sysv,dbus,procps,ca-certificates,flite,espeak-ng${*:+,$*}")
    [ "$(cat "$whole" 2>/dev/null)" != "$packages" ] || return 0
    say "Making a Debian 12 with systemd"
    rm -rf -- "$root"
    # shellcheck disable=SC2154
    run_logged "$log" debootstrap --variant=minbase --include="$packages" bookworm "$root" || die "The container's Debian can't be made: see $log."
    echo "$packages" >"$whole"
}

# machine_boot FOLDER OPTION...: boots it, by these options of systemd-nspawn
machine_boot() {
    local deadline=$((SECONDS + 600))
    say "Booting"
    systemd-nspawn --register=no --keep-unit -D "$@" -b >>"$log" 2>&1 </dev/null &
    machine=$!
    until inside systemctl is-system-running >/dev/null 2>&1; do
        { kill -0 "$machine" 2>/dev/null && [ "$SECONDS" -lt "$deadline" ]; } || die "The container does not come up: see $log."
        read -rt 0.5 <> <(:) || true
    done
}

machine_stop() {
    [ -n "$machine" ] || return 0
    kill -TERM "$machine" 2>/dev/null || true
    wait "$machine" 2>/dev/null || true
    machine=
}

# inside COMMAND...: in the container, whose first process is the only child of systemd-nspawn
inside() { nsenter -t "$(pgrep -P "$machine" | head -n 1)" -a -- "$@"; }
