#!/bin/bash
# Puts Asterisk 22 and its English prompts, from Debian's packages, into .voiceai/asterisk-root, without touching the
# machine's own packages or services. A finished root is kept as a tarball in the cache, so the next checkout is quick.
#
#   scripts/install-asterisk.sh            install unless already there; prints which Asterisk will be used
#   scripts/install-asterisk.sh --rebuild  build anew from the packages, ignoring root and cache
#
# VOICEAI_ASTERISK       bundled: don't use this machine's own Asterisk; /path/to/root: use that root
# VOICEAI_STATE, VOICEAI_CACHE   the folders to install into and to keep tarballs in
# VOICEAI_DEBIAN_MIRROR  a mirror of Debian, when this machine's package sources are not Debian's
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/asterisk.sh"
. "$here/lib/debian-root.sh"

suite=sid                                                # Debian 12 and 13 carry no Asterisk
packages=(asterisk asterisk-core-sounds-en-wav ca-certificates)
recipe=2                                                 # raise it when the steps below change what a root holds
wanted_version=22

rebuild=no
case "${1:-}" in
    '') ;;
    --rebuild) rebuild=yes ;;
    -h | --help) sed -n '2,/^set /{/^# shellcheck/d;/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac

root=$VOICEAI_STATE/asterisk-root
key=$(printf '%s\n' "$recipe" "$suite" "$(uname -m)" "${packages[@]}" | sha256sum | cut -c1-12)
work=''
builder=''

# ready: whether a usable Asterisk is there, and if it is the bundled one, whether it is made by today's recipe
ready() { asterisk_find && { [ "$ASTERISK_ROOT" != "$root" ] || [ "$(cat "$root/.voiceai-whole")" = "$key" ]; }; }

report() {
    if [ -n "$ASTERISK_ROOT" ]; then
        say "Asterisk $(asterisk_version) is ready in $ASTERISK_ROOT"
    else
        say "Using this machine's own Asterisk $(asterisk_version) (VOICEAI_ASTERISK=bundled installs the bundled one)"
    fi
}

# remove_tree DIR: deletes DIR, but never through a mount. More than once, for a process that is still dying in it.
remove_tree() {
    local tries
    for tries in 1 2 3 4 5; do
        [ -e "$1" ] || return 0
        rm -rf --one-file-system -- "$1" 2>/dev/null || sleep "0.$tries"
    done
    [ ! -e "$1" ] || say "Some of $1 could not be removed"
}

clean_up() {
    local status=$?
    if [ -n "$builder" ]; then
        kill -KILL "$builder" 2>/dev/null || true        # takes its whole namespace with it
        wait "$builder" 2>/dev/null || true
    fi
    if [ -n "$work" ]; then
        # only where mounts of one's own are forbidden can there be any
        umount "$work/proc" "$work/sys" "$work/dev/pts" "$work/dev" 2>/dev/null || true
        remove_tree "$work"
    fi
    exit "$status"
}

# cached_tarball: prints the newest whole tarball for this recipe.
cached_tarball() {
    local file IFS=$'\n'
    cache_usable || return 1
    # the names end in the version: reversed order puts the newest first
    for file in $(printf '%s\n' "$VOICEAI_CACHE/asterisk-root-$key-"*.tar.gz | sort -rV); do
        [ -f "$file" ] || continue
        if [ -f "$file.sha256" ] && sha256_is "$file" "$(cat "$file.sha256")"; then printf '%s\n' "$file"; return 0; fi
        say "The cached $(basename "$file") is damaged and is ignored"
    done
    return 1
}

# require_buildable: before anything is changed, makes sure that a root could be built; sets mirror.
require_buildable() {
    local free_mib existing=$VOICEAI_STATE
    require_debian
    mirror=$(debian_mirror) || die "This machine's package sources name no Debian mirror: set VOICEAI_DEBIAN_MIRROR to one, or $DOCKER_ADVICE."
    is_root || die "Building the Asterisk root takes root rights once: run 'sudo scripts/install-asterisk.sh', or install an Asterisk 22 of your own."
    while [ ! -d "$existing" ]; do existing=$(dirname "$existing"); done
    free_mib=$(df -Pm -- "$existing" | awk 'END { print $4 }')
    [ "$free_mib" -ge 1200 ] || die "Only $free_mib MiB are free for $VOICEAI_STATE: make 1200 MiB free or set VOICEAI_STATE to another disk."
}

# Runs as a child of its own, in its own mount namespace: fills $1 from the mirror $2.
build_root() {
    local dir=$1 mirror=$2 log=$3 scripts=/usr/share/debootstrap/scripts script
    script=$scripts/$suite; [ -e "$script" ] || script=$scripts/sid
    say "Unpacking a small Debian ($suite) with debootstrap"
    run_logged "$log" debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
        "$suite" "$dir" "$mirror" "$script" || return 1

    # nothing is ever started in the root
    printf '#!/bin/sh\nexit 101\n' >"$dir/usr/sbin/policy-rc.d"
    chmod 755 "$dir/usr/sbin/policy-rc.d"
    root_open "$dir"
    say "Fetching and installing ${packages[*]}"
    run_logged "$log" root_apt "$dir" update || return 1
    run_logged "$log" root_apt "$dir" install -y --no-install-recommends "${packages[@]}" || return 1
    umount "$dir/proc" 2>/dev/null || true
}

# Takes out of the root what running Asterisk never reads; licences and the prompts' transcripts stay.
trim_root() {
    local dir=$1
    root_close "$dir"
    find "$dir/dev" "$dir/proc" "$dir/sys" "$dir/run" "$dir/tmp" -xdev -mindepth 1 -delete
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$dir/etc/hosts"
    echo localhost >"$dir/etc/hostname"
    # Debian's links lead through /etc/alternatives, which is another folder when the root is used without a chroot
    ln -sfn en_US_f_Allison "$dir/usr/share/asterisk/sounds/en"
    ln -sfn en_US_f_Allison "$dir/usr/share/asterisk/sounds/en_US"
    gunzip -c "$dir/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz" \
        >"$dir/usr/share/asterisk/sounds/en_US_f_Allison/core-sounds-en.txt"          # what each prompt says
    mkdir -p "$dir/run/asterisk" "$dir/var/spool/asterisk/recording"     # the package forgets 'recording'
}

if [ "$rebuild" = no ] && ready; then report; exit 0; fi
case "${VOICEAI_ASTERISK:-bundled}" in bundled) ;; *) [ "$rebuild" = no ] || die "Only the bundled Asterisk can be rebuilt: unset VOICEAI_ASTERISK." ;; esac

if [ "$rebuild" = yes ] || ! compgen -G "$VOICEAI_CACHE/asterisk-root-$key-*.tar.gz" >/dev/null; then require_buildable; fi

lock asterisk-root
if [ "$rebuild" = no ] && ready; then report; exit 0; fi      # another script has just finished it

# leftovers of an interrupted run; the lock says that nobody is at work on them
for old in "$VOICEAI_STATE"/asterisk-root.part.*; do remove_tree "$old"; done
if [ -e "$root" ]; then
    say "Removing the old $root"
    remove_tree "$root"
fi
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ "$rebuild" = no ] && tarball=$(cached_tarball); then
    say "Unpacking $(basename "$tarball") from the cache"
    work=$(mktemp -d "$VOICEAI_STATE/asterisk-root.part.XXXXXX")
    owner=--same-owner; is_root || owner=--no-same-owner
    tar -xzf "$tarball" -C "$work" --numeric-owner "$owner"
else
    require_buildable
    install_packages debootstrap debian-archive-keyring ca-certificates
    work=$(mktemp -d "$VOICEAI_STATE/asterisk-root.part.XXXXXX")
    chmod 755 "$work"
    log=$(state_dir log)/install-asterisk.log
    : >"$log"
    proxy=$(apt-config dump --format '%v%n' Acquire::http::Proxy 2>/dev/null || true)
    [ -z "$proxy" ] || [ -n "${http_proxy:-}" ] || export http_proxy=$proxy
    export -f say run_logged root_open root_apt build_root
    export suite packages_line="${packages[*]}"
    # shellcheck disable=SC2016
    in_namespace bash -c 'set -euo pipefail; SECONDS=$4; read -ra packages <<<"$packages_line"; build_root "$1" "$2" "$3"' \
        build "$work" "$mirror" "$log" "$SECONDS" \
        || die "Asterisk's packages could not be installed: the reason is above and in $log; start again when it is mended."
    lacking=$(asterisk_lacks "$work" | paste -sd' ')
    [ -z "$lacking" ] || die "Debian's Asterisk lacks the modules $lacking: report it, and meanwhile $DOCKER_ADVICE."
    trim_root "$work"
    ASTERISK_ROOT=$work
    version=$(asterisk_version)
    case "$version" in "$wanted_version".*) ;; *) say "Note: Debian now carries Asterisk $version; this project is tested with $wanted_version" ;; esac
    printf '%s\n' "$key" >"$work/.voiceai-whole"

    if cache_usable; then
        say "Keeping a tarball in $VOICEAI_CACHE"
        name=asterisk-root-$key-$version.tar.gz
        part=$VOICEAI_CACHE/.$name.$$
        if tar -C "$work" --numeric-owner -cf - . | gzip -1 >"$part"; then
            rm -f -- "$VOICEAI_CACHE/$name"
            sha256_of "$part" >"$part.sha256"
            mv -f -- "$part.sha256" "$VOICEAI_CACHE/$name.sha256"
            mv -f -- "$part" "$VOICEAI_CACHE/$name"
        else
            rm -f -- "$part"
            say "The tarball could not be written; going on without"
        fi
    fi
fi

mv -T -- "$work" "$root"
work=''
asterisk_find || die "The new root in $root is not usable: run scripts/install-asterisk.sh --rebuild."
report
