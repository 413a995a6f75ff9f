# shellcheck shell=bash
# Checks of the machine. None of them changes anything; each fails in one sentence that says what to do.
# Needs common.sh.

DOCKER_ADVICE="use the containers instead: docker compose -f docker/compose.yaml up --build"

os_id() { ( . /etc/os-release 2>/dev/null && printf '%s\n' "${ID:-unknown}" ) || echo unknown; }

os_name() { ( . /etc/os-release 2>/dev/null && printf '%s\n' "${PRETTY_NAME:-$(uname -s)}" ) || uname -s; }

# require_debian: the scripts install from Debian's packages.
require_debian() {
    case "$(os_id)" in
        debian | ubuntu) have apt-get && have dpkg && return 0 ;;
    esac
    die "This is $(os_name), and these scripts install Debian packages: $DOCKER_ADVICE."
}

require_x64() {
    [ "$(uname -m)" = x86_64 ] || die "The pinned native libraries are for x86_64 and this machine is $(uname -m): $DOCKER_ADVICE."
}

# require_dotnet: a .NET 10 SDK on the path.
require_dotnet() {
    if have dotnet && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then return 0; fi
    die "The .NET 10 SDK is missing: install it (https://dot.net/download) so that 'dotnet --list-sdks' shows a 10.x line, or $DOCKER_ADVICE."
}

# packages_missing NAME...: prints those that are not installed.
packages_missing() {
    local name
    for name; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
    done
}

# require_installable NAME...: before anything is changed, makes sure that missing packages could be installed.
require_installable() {
    local missing
    missing=$(packages_missing "$@" | paste -sd' ')
    [ -z "$missing" ] && return 0
    is_root || die "These Debian packages are missing and only root can install them: run 'sudo apt-get install $missing' and start again."
}

# install_packages NAME...: installs what is missing, waits for another apt to finish.
install_packages() {
    local missing log
    local apt=(apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3)
    mapfile -t missing < <(packages_missing "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    require_debian
    require_installable "${missing[@]}"
    log=$(state_dir log)/apt.log
    say "Installing Debian packages: ${missing[*]}"
    if ! DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 </dev/null; then
        run_logged "$log" "${apt[@]}" update || die "The package lists can't be refreshed: make 'apt-get update' work (network, mirror, proxy) and start again."
        DEBIAN_FRONTEND=noninteractive run_logged "$log" "${apt[@]}" install -y --no-install-recommends "${missing[@]}" \
            || die "Debian's packages ${missing[*]} can't be installed: see $log."
    fi
}

# port_holder udp|tcp PORT: prints the process that holds the port ("name (pid 12)"); fails when the port is free.
port_holder() {
    local proto=$1 hex inode link pid
    hex=$(printf ':%04X' "$2")
    # tcp state 0A is LISTEN; udp sockets have no such state
    inode=$(awk -v port="$hex" -v proto="$proto" \
        'FNR > 1 && substr($2, length($2) - 4) == port && (proto == "udp" || $4 == "0A") { print $10; exit }' \
        "/proc/net/$proto" "/proc/net/${proto}6" 2>/dev/null) || true
    [ -n "$inode" ] || return 1
    link=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" 2>/dev/null | head -n 1) || true
    pid=${link#/proc/}; pid=${pid%%/*}
    if [ -n "$pid" ] && [ -r "/proc/$pid/comm" ]; then printf '%s (pid %s)\n' "$(<"/proc/$pid/comm")" "$pid"; else echo "another process"; fi
}

# require_port_free udp|tcp PORT VARIABLE WHAT
require_port_free() {
    local holder
    case "$2" in '' | *[!0-9]*) die "$3 must be a port number, not '$2'." ;; esac
    { [ "$2" -ge 1 ] && [ "$2" -le 65535 ]; } || die "$3 must be a port from 1 to 65535, not $2."
    if holder=$(port_holder "$1" "$2"); then
        die "Port $2/$1 for $4 is taken by $holder: stop it or set $3 to a free port."
    fi
}

# user_namespaces_work: whether bubblewrap can make its sandbox here (containers often forbid it).
user_namespaces_work() { have bwrap && bwrap --unshare-user --unshare-pid --ro-bind / / true 2>/dev/null; }
