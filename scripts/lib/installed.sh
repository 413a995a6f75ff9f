# shellcheck shell=bash
# Where the installed service lives, for install.sh and uninstall.sh. Needs common.sh.

# shellcheck disable=SC2034 # used by those who source this
service=asterisk-voiceai

# installed_under ROOT: sets the paths; ROOT is empty but for tests.
# shellcheck disable=SC2034
installed_under() {
    root=$1
    program_dir=$root/opt/$service                        # releases/ID/, current -> releases/ID, defaults/, programs/
    config_dir=$root/etc/$service
    data_dir=$root/var/lib/$service
    unit_file=$root/etc/systemd/system/$service.service
    command_file=$root/usr/local/bin/voiceai
}

# systemd_runs: whether the machine's own systemd is to be told; never when installing under another root.
systemd_runs() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

# require_installer ROOT: only root can make a user, a unit and folders below /etc.
require_installer() {
    [ -n "$1" ] || is_root || die "Only root can do this: run 'sudo $0 …'."
}
