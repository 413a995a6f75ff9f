# shellcheck shell=bash
# Everything that a run or a test needs, set up side by side. Needs common.sh, platform.sh and build.sh.

# require_machine: every check that can fail before anything is changed.
require_machine() {
    require_debian
    require_x64
    require_dotnet
    require_installable flite espeak-ng bubblewrap
    if ! [ -x "$VOICEAI_STATE/asterisk-root/usr/sbin/asterisk" ] && ! have asterisk; then
        is_root || die "The bundled Asterisk is not installed yet and only root can install it: run 'sudo scripts/install-asterisk.sh' and start again."
    fi
}

# set_up PROJECT_OR_SOLUTION [MODEL...]: packages, then Asterisk, the models that calls need and these, and the build at the
# same time. A Whisper model brings whisper.cpp's server.
set_up() {
    local scripts=$VOICEAI_CHECKOUT/scripts project=$1 asterisk models building failed=; shift
    "$scripts/install-packages.sh"
    {
        "$scripts/install-asterisk.sh"
        case "$*" in *whisper-*) "$scripts/install-whisper.sh" ;; esac
    } & asterisk=$!
    {
        "$scripts/get-models.sh"
        [ $# -eq 0 ] || "$scripts/get-models.sh" "$@"
    } & models=$!
    build "$project" & building=$!
    # One that fails has said why; the others are let finish, so that the next try finds their work.
    wait "$asterisk" || failed="Asterisk or Whisper"
    wait "$models" || failed="${failed:+$failed and }the speech models"
    wait "$building" || failed="${failed:+$failed and }the build"
    [ -z "$failed" ] || die "Setting up failed for $failed: see above."
}
