#!/bin/bash
# Gives the service the Piper program where this machine has none: the Python program piper-tts with Debian's Python and ONNX
# Runtime in .voiceai/piper, upon the libraries of the bundled Asterisk's Debian folder, and .voiceai/bin/piper, which runs it.
# Voices in process need none of this: it is for those who want Piper, which is GPL-3, as a process of its own.
# Voices are another step: scripts/get-voice.sh en_US-joe-medium
#
#   scripts/install-piper.sh     install unless already there; prints which program will be used
#
# VOICEAI_STATE, VOICEAI_CACHE   the folders to install into and to keep packages in
# VOICEAI_MODEL_MIRROR           a folder whose piper-program/ may hold the program's wheel
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/asterisk.sh"
. "$here/lib/debian-root.sh"

version=1.8.0
wheel=piper_tts-1.8.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.manylinux_2_28_x86_64.whl
wheel_hash=25b4d3f31ff70c8fa7151908e00aaa5650cbdf16bca8fcf21299f3941b89a7d3
packages=(python3-onnxruntime python3-numpy python3-pathvalidate python3-packaging)
case "${1:-}" in
    '') ;;
    -h | --help) sed -n '2,/^set /{/^# shellcheck/d;/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac

root=$VOICEAI_STATE/asterisk-root
folder=$VOICEAI_STATE/piper
launcher=$VOICEAI_STATE/bin/piper
ready() { asterisk_root_whole "$root" && [ "$(cat "$folder/version" 2>/dev/null)" = "$version" ] && [ -x "$launcher" ]; }
report() { say "piper $version is ready: $launcher"; }

# fetch_wheel: sets REPLY to the program's wheel, from the mirror, the cache or the registry of Python packages
fetch_wheel() {
    local cached=$VOICEAI_CACHE/pypi/$wheel
    for REPLY in ${VOICEAI_MODEL_MIRROR:+"$VOICEAI_MODEL_MIRROR/piper-program/$wheel"} "$cached"; do
        sha256_is "$REPLY" "$wheel_hash" && return 0
    done
    have pip3 || install_packages python3-pip
    say "Fetching piper-tts $version (33 MiB)"
    run_logged "$log" pip3 download --quiet --no-deps --only-binary :all: --ignore-requires-python --platform manylinux_2_17_x86_64 --dest "$work" "piper-tts==$version" \
        || die "The Python package piper-tts $version can't be fetched: make 'pip3 download piper-tts==$version' work (network, registry, proxy)."
    REPLY=$work/$wheel
    sha256_is "$REPLY" "$wheel_hash" || die "The package piper-tts $version is not the pinned one (its hash differs): don't use it, and report it."
    if mkdir -p -- "$VOICEAI_CACHE/pypi" 2>/dev/null && cp -- "$REPLY" "$cached.part.$$" 2>/dev/null; then mv -f -- "$cached.part.$$" "$cached"; else rm -f -- "$cached.part.$$"; fi
}

# Runs as a child of its own, in its own mount namespace: fetches what root $1 lacks for the packages into $2.
fetch_packages_inside() {
    local dir=$1 into=$2 log=$3 archives=$1/var/cache/apt/archives; shift 3
    root_open "$dir"
    run_logged "$log" root_apt "$dir" update || return 1
    run_logged "$log" root_apt "$dir" install -y --no-install-recommends --download-only -o APT::Keep-Downloaded-Packages=true "$@" || return 1
    cp -- "$archives"/*.deb "$into/"
    umount "$dir/proc" 2>/dev/null || true
}

# fetch_packages: sets REPLY to a folder of Debian packages, from the cache or Debian
fetch_packages() {
    local keep
    keep=$(packages_folder "$root" piper)
    REPLY=$keep
    if [ -n "$keep" ] && cached_packages "$keep"; then return 0; fi
    say "Fetching Debian's ${packages[0]} (50 MB)"
    REPLY=$work/packages
    mkdir -- "$REPLY"
    export -f run_logged root_open root_apt fetch_packages_inside
    # shellcheck disable=SC2016
    in_namespace bash -c 'set -euo pipefail; fetch_packages_inside "$@"' fetch "$root" "$REPLY" "$log" "${packages[@]}" \
        || die "Debian's ${packages[0]} could not be fetched: the reason is above and in $log; start again when it is mended."
    root_close "$root"
    keep_packages "$REPLY" "$keep"
}

# Python runs by the root's own loader and libraries, so that neither chroot nor mount is needed, and the packages need only be unpacked.
write_launcher() {
    local libs python home=$folder/usr
    libs=usr/lib/$(debian_multiarch)
    python=$(find "$home/bin" -name 'python3.[0-9]*' -type f -printf '%p\n' | sort -V | tail -n 1)
    [ -n "$python" ] || die "Debian's Python is not under $home/bin: report it."
    mkdir -p -- "$(dirname "$launcher")"
    cat >"$launcher.part" <<END
#!/bin/sh
# Made by scripts/install-piper.sh
export PYTHONHOME='$home' PYTHONPATH='$folder/site:$home/lib/python3/dist-packages' PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
exec '$(asterisk_loader "$root")' --library-path '$folder/$libs:$folder/$libs/blas:$folder/$libs/lapack:$root/$libs' '$python' -m piper "\$@"
END
    chmod 755 "$launcher.part"
    mv -f -- "$launcher.part" "$launcher"
}

if program=$(command -v piper) && [ "$program" != "$launcher" ] && "$program" --help 2>/dev/null | grep -qE -- '--output-dir-naming|--json-input'; then
    say "Using this machine's own $program"
    exit 0
fi
if ready; then report; exit 0; fi
require_x64
if ! asterisk_root_whole "$root"; then VOICEAI_ASTERISK=bundled "$here/install-asterisk.sh"; fi
is_root || die "Installing into $root takes root rights once: run 'sudo scripts/install-piper.sh', or install a piper of your own (pip install piper-tts)."
free_mib=$(df -Pm -- "$root" | awk 'END { print $4 }')
[ "$free_mib" -ge 900 ] || die "Only $free_mib MiB are free for $root: make 900 MiB free or set VOICEAI_STATE to another disk."

lock asterisk-root
if ready; then report; exit 0; fi                        # another script has just finished it
root_trap
work=$(mktemp -d "$VOICEAI_STATE/.piper.XXXXXX")

log=$(state_dir log)/install-piper.log
: >"$log"
fetch_wheel
have python3 || install_packages python3
rm -rf -- "$folder"
mkdir -- "$work/piper"
python3 -m zipfile -e "$REPLY" "$work/piper/site"
fetch_packages
for package in "$REPLY"/*.deb; do dpkg-deb --extract "$package" "$work/piper"; done
mv -- "$work/piper" "$folder"
write_launcher
"$launcher" --help >>"$log" 2>&1 || die "The installed piper does not run: see $log."
printf '%s\n' "$version" >"$folder/version"
report
