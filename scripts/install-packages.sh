#!/bin/bash
# Installs the Debian packages that the service uses on this machine, those that are missing; needs root only then.
#
#   scripts/install-packages.sh           flite and espeak-ng (voices), bubblewrap (Asterisk's sandbox), ca-certificates
#   scripts/install-packages.sh --tests   what the tests use besides: PostgreSQL's programs; tests start servers of their own
#   scripts/install-packages.sh --check   changes nothing; lists what is missing, exit code 1 when something is
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"

packages=(flite espeak-ng bubblewrap ca-certificates)

case "${1:-}" in
    '') ;;
    --tests) packages+=(postgresql) ;;
    --check) absent=$(packages_missing "${packages[@]}"); [ -z "$absent" ] || { printf '%s\n' "$absent"; exit 1; }; exit 0 ;;
    -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac

require_debian
require_installable "${packages[@]}"
install_packages "${packages[@]}"
say "Debian packages are there: ${packages[*]}"
