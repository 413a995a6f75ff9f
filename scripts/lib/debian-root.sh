# shellcheck shell=bash
# Packages inside a Debian folder (the bundled Asterisk's), without touching the machine's own. Needs common.sh and platform.sh.

debian_mirror() {
    local uri
    if [ -n "${VOICEAI_DEBIAN_MIRROR:-}" ]; then printf '%s\n' "$VOICEAI_DEBIAN_MIRROR"; return 0; fi
    [ "$(os_id)" = debian ] || return 1
    # without the release files: they are not there before the first 'apt-get update'
    # shellcheck disable=SC2016
    for uri in $(apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' | sort -u); do
        case "$uri" in *security*) ;; http://* | https://*) printf '%s\n' "$uri"; return 0 ;; esac
    done
    return 1
}

# in_namespace COMMAND...: runs it with mounts and processes of its own, which are gone with it however it ends, and
# which end with this script however that ends.
in_namespace() {
    local own=() status=0
    if unshare --mount --pid --fork --kill-child true 2>/dev/null; then
        own=(unshare --mount --propagation private --pid --fork --kill-child)
    fi
    setpriv --pdeathsig KILL "${own[@]}" "$@" &
    builder=$!
    wait "$builder" || status=$?
    builder=''
    return "$status"
}

# root_open ROOT: the host's proxy and name servers serve while packages are fetched; root_close takes them out again.
root_open() {
    apt-config dump | grep -E '^Acquire::(http|https|ftp|Check)' >"$1/etc/apt/apt.conf.d/99host" || true
    echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/unsafe-io"
    cp -f /etc/resolv.conf "$1/etc/resolv.conf" 2>/dev/null || true
    mount -t proc proc "$1/proc" 2>/dev/null || true         # a container may forbid it; the packages install without
}

# root_apt ROOT ARGUMENT...: apt-get in ROOT
root_apt() {
    local dir=$1; shift
    chroot "$dir" env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
        apt-get -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@"
}

# root_close ROOT: takes out of it what only installing needs, and what running programs never read; licences stay.
root_close() {
    rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt/*.bin "$1"/var/cache/apt/archives/*.deb \
        "$1"/var/cache/debconf/*-old "$1"/var/log/* "$1"/usr/share/man/* "$1"/usr/share/locale/* \
        "$1"/usr/share/info/* "$1"/etc/apt/apt.conf.d/99host "$1"/etc/dpkg/dpkg.cfg.d/unsafe-io
    : >"$1/etc/resolv.conf"
}

# root_trap: for scripts that work in $root, possibly with a folder $work: leaves nothing mounted and no child behind.
root_trap() {
    builder='' work=''
    trap root_clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

root_clean_up() {
    local status=$?
    if [ -n "$builder" ]; then
        kill -KILL "$builder" 2>/dev/null || true        # takes its whole namespace with it
        wait "$builder" 2>/dev/null || true
    fi
    umount "$root/proc" 2>/dev/null || true              # only where mounts of one's own are forbidden
    [ -z "$work" ] || rm -rf -- "$work"
    exit "$status"
}

# packages_folder ROOT NAME: where the cache keeps the packages that NAME needs beside ROOT's own, or nothing without a cache.
packages_folder() {
    if cache_usable; then printf '%s/%s-debs-%s\n' "$VOICEAI_CACHE" "$2" "$(sha256_of "$1/var/lib/dpkg/status" | cut -c1-12)"; fi
}

# cached_packages FOLDER: whether it holds every package of an earlier installation, unharmed.
cached_packages() { [ -s "$1/SHA256SUMS" ] && (cd "$1" && sha256sum --quiet --check SHA256SUMS >/dev/null 2>&1); }

# keep_packages ARCHIVES FOLDER: copies the packages into FOLDER ("" = nowhere), whole or not at all.
keep_packages() {
    [ -n "$2" ] || return 0
    rm -rf -- "$2"
    if mkdir -p -- "$2" && cp -- "$1"/*.deb "$2/"; then (cd "$2" && sha256sum -- *.deb >SHA256SUMS); else rm -rf -- "$2"; fi
}
