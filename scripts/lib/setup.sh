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

# set_up PROJECT_OR_SOLUTION [MODEL|voice:NAME...]: packages, then Asterisk, the models that calls need and these, and the build
# at the same time. A Whisper model brings whisper.cpp's server, a Piper voice the Piper program.
set_up() {
    local scripts=$VOICEAI_CHECKOUT/scripts project=$1 name wanted=() voices=() asterisk models building failed=; shift
    for name; do
        case "$name" in voice:*) voices+=("${name#voice:}") ;; *) wanted+=("$name") ;; esac
    done
    "$scripts/install-packages.sh"
    {
        "$scripts/install-asterisk.sh"
        case "${wanted[*]-}" in *whisper-*) "$scripts/install-whisper.sh" ;; esac
        [ "${#voices[@]}" -eq 0 ] || "$scripts/install-piper.sh"
    } & asterisk=$!
    {
        "$scripts/get-models.sh"
        [ "${#wanted[@]}" -eq 0 ] || "$scripts/get-models.sh" "${wanted[@]}"
        [ "${#voices[@]}" -eq 0 ] || "$scripts/get-voice.sh" "${voices[@]}"
    } & models=$!
    build "$project" & building=$!
    # One that fails has said why; the others are let finish, so that the next try finds their work.
    wait "$asterisk" || failed="Asterisk, Whisper or Piper"
    wait "$models" || failed="${failed:+$failed and }the speech models"
    wait "$building" || failed="${failed:+$failed and }the build"
    [ -z "$failed" ] || die "Setting up failed for $failed: see above."
}
