#!/bin/bash
# Gives the service whisper.cpp's server where this machine has none: installs Debian's whisper.cpp-tools into the bundled
# Asterisk's Debian folder (it needs newer libraries than Debian 12 has) and makes .voiceai/bin/whisper-server, which runs it there.
# Models are another step: scripts/get-models.sh whisper-base
#
#   scripts/install-whisper.sh     install unless already there; prints which program will be used
#
# VOICEAI_STATE, VOICEAI_CACHE   the folders to install into and to keep packages in
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/asterisk.sh"
. "$here/lib/debian-root.sh"

package=whisper.cpp-tools
case "${1:-}" in
    '') ;;
    -h | --help) sed -n '2,/^set /{/^# shellcheck/d;/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac

root=$VOICEAI_STATE/asterisk-root
launcher=$VOICEAI_STATE/bin/whisper-server
whole=$root/.voiceai-whisper                             # written last, holds the package's version

ready() { asterisk_root_whole "$root" && [ -s "$whole" ] && [ -x "$root/usr/bin/whisper-server" ] && [ -x "$launcher" ]; }
report() { say "whisper-server $(cat "$whole") is ready: $launcher"; }

# Runs as a child of its own, in its own mount namespace: installs into root $1, keeps the packages in $2 ("" = nowhere).
install_into() {
    local dir=$1 keep=$2 log=$3 archives=$1/var/cache/apt/archives
    root_open "$dir"
    chroot "$dir" dpkg --configure -a >>"$log" 2>&1 || true             # of an interrupted run
    if [ -n "$keep" ] && cached_packages "$keep" && cp -- "$keep"/*.deb "$archives/" \
        && chroot "$dir" sh -c 'DEBIAN_FRONTEND=noninteractive LC_ALL=C exec dpkg -i /var/cache/apt/archives/*.deb' >>"$log" 2>&1 </dev/null; then
        say "Installed $package from the cache"
    else
        say "Fetching and installing $package (105 MB)"
        run_logged "$log" root_apt "$dir" update || return 1
        run_logged "$log" root_apt "$dir" install -y --no-install-recommends --fix-broken -o APT::Keep-Downloaded-Packages=true "$package" || return 1
        keep_packages "$archives" "$keep"
    fi
    umount "$dir/proc" 2>/dev/null || true
}

# The server runs by the root's own loader and libraries, so that neither chroot nor mount is needed. ggml looks for its
# processor-specific parts in the working folder; paths in the arguments must therefore be absolute.
write_launcher() {
    local libs backends
    libs=$root/usr/lib/$(debian_multiarch)
    backends=$(find "$libs/ggml" -name 'libggml-cpu-*.so' -printf '%h\n' | head -n 1)
    [ -n "$backends" ] || die "Debian's $package has no processor backend under $libs/ggml: report it."
    mkdir -p -- "$(dirname "$launcher")"
    cat >"$launcher.part" <<END
#!/bin/sh
# Made by scripts/install-whisper.sh
cd '$backends' && exec '$(asterisk_loader "$root")' --library-path '$libs' '$root/usr/bin/whisper-server' "\$@"
END
    chmod 755 "$launcher.part"
    mv -f -- "$launcher.part" "$launcher"
}

if program=$(command -v whisper-server) && [ "$program" != "$launcher" ]; then
    say "Using this machine's own $program"
    exit 0
fi
if ready; then report; exit 0; fi
if ! asterisk_root_whole "$root"; then VOICEAI_ASTERISK=bundled "$here/install-asterisk.sh"; fi
is_root || die "Installing into $root takes root rights once: run 'sudo scripts/install-whisper.sh', or install a whisper-server of your own."
free_mib=$(df -Pm -- "$root" | awk 'END { print $4 }')
[ "$free_mib" -ge 900 ] || die "Only $free_mib MiB are free for $root: make 900 MiB free or set VOICEAI_STATE to another disk."

lock asterisk-root
if ready; then report; exit 0; fi                        # another script has just finished it
root_trap

log=$(state_dir log)/install-whisper.log
: >"$log"
# The packages fit this state of the root only.
keep=$(packages_folder "$root" whisper)
export -f say run_logged root_open root_apt sha256_of cached_packages keep_packages install_into
export package
if [ ! -s "$whole" ]; then
    # shellcheck disable=SC2016
    in_namespace bash -c 'set -euo pipefail; SECONDS=$4; install_into "$1" "$2" "$3"' install "$root" "$keep" "$log" "$SECONDS" \
        || die "Debian's $package could not be installed into $root: the reason is above and in $log; start again when it is mended."
    root_close "$root"
fi
write_launcher
"$launcher" --help >>"$log" 2>&1 || die "The installed whisper-server does not run: see $log."
# shellcheck disable=SC2016
chroot "$root" dpkg-query -W -f '${Version}' "$package" >"$whole.part"
mv -f -- "$whole.part" "$whole"
report
