#!/usr/bin/env bash
# Removes the service that scripts/install.sh installed; calls that run are finished first.
#
#   scripts/uninstall.sh           keeps configuration, flows, recordings, models and the user: a new installation finds them
#     --purge                      removes these, too
#     --root FOLDER                below this folder instead of /, as given to install.sh
#
# Asterisk's configuration is left as it is: the files before install.sh --asterisk-config --write are beside it.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/installed.sh"

root='' purge=no
while [ $# -gt 0 ]; do
    case "$1" in
        --purge) purge=yes; shift ;;
        --root) [ $# -ge 2 ] || die "$1 needs a value: see $0 --help."; root=$(realpath -m -- "$2"); shift 2 ;;
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) die "Unknown option $1: see $0 --help." ;;
    esac
done
installed_under "$root"
require_installer "$root"

if systemd_runs && [ -f "$unit_file" ]; then
    say "Stopping the service"
    systemctl disable --now --quiet "$service"
fi
rm -rf -- "$program_dir"
rm -f -- "$command_file" "$unit_file"
if systemd_runs; then
    systemctl daemon-reload
    systemctl reset-failed "$service" 2>/dev/null || true
fi
if [ "$purge" = no ]; then
    say "Removed; ${config_dir#"$root"} and ${data_dir#"$root"} are kept ($0 --purge removes them)"
    exit 0
fi
rm -rf -- "$config_dir" "$data_dir" "$root/etc/systemd/system/$service.service.d"
if [ -z "$root" ] && getent passwd "$service" >/dev/null; then
    userdel "$service" || die "The user $service can't be removed: does a process of its run still?"
fi
say "Removed, with configuration and data"
