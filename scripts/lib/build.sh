# shellcheck shell=bash
# Building from this checkout. Needs common.sh.

# shellcheck disable=SC2034 # used by those who source this
VOICEAI_DLL=$VOICEAI_CHECKOUT/src/AsteriskVoiceAi.Service/bin/Release/net10.0/voiceai.dll

# build PROJECT: a Release build, quiet unless it fails.
build() {
    local log
    log=$(state_dir log)/build.log
    say "Building $(basename "$1")"
    run_logged "$log" dotnet build "$VOICEAI_CHECKOUT/$1" -c Release --nologo -v quiet -clp:ErrorsOnly --disable-build-servers \
        || die "The build of $1 failed: see the errors above and $log."
}

# build_if_older PROJECT OUTPUT: builds when OUTPUT is missing or older than a source file.
build_if_older() {
    if [ -f "$2" ] && [ -z "$(find "$VOICEAI_CHECKOUT"/src "$VOICEAI_CHECKOUT"/tests "$VOICEAI_CHECKOUT"/Directory.* \
        -not -path '*/obj/*' -not -path '*/bin/*' -type f -newer "$2" -print -quit)" ]; then
        return 0
    fi
    build "$1"
    touch -- "$2"
}
