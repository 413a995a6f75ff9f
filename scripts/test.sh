#!/usr/bin/env bash
# Runs every test, those with a real Asterisk and real calls too. Last line: N passed, N failed, N skipped
#
#   scripts/test.sh                everything
#   scripts/test.sh FILTER         only tests whose name contains FILTER
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/build.sh"
. "$here/lib/setup.sh"

case "${1:-}" in
    -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
esac
filter=()
[ $# -eq 0 ] || filter=(--filter "FullyQualifiedName~$1")

# Models that tests use where a folder beside the checkout has them; elsewhere those tests are skipped.
models=() voices=()
mirror=$VOICEAI_CHECKOUT/../shared/models
if [ -d "$mirror" ]; then
    export VOICEAI_MODEL_MIRROR=${VOICEAI_MODEL_MIRROR:-$mirror}
    models=(whisper-tiny.en whisper-base smart-turn minilm)
    voices=(en_US-joe-medium.int8w)
fi

require_machine
"$here/install-packages.sh" --tests
set_up AsteriskVoiceAi.sln ${models[@]+"${models[@]}"} ${voices[@]+"${voices[@]/#/voice:}"}
cd "$VOICEAI_CHECKOUT"
export VOICEAI_MODELS=$VOICEAI_STATE/models

passed=0 failed=0 skipped=0
add() { passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3)); }

# check NAME COMMAND...: a check that is not a .NET test counts as one.
check() {
    local name=$1 output; shift
    say "Checking: $name"
    if output=$("$@" 2>&1); then add 1 0 0; else printf '%s\nFailed: %s\n' "$output" "$name"; add 0 1 0; fi
}

# unit: whether the unit is as systemd wants it and as shut as it can be (2.5 of 10), with a program in the place of the installed ones
unit() {
    local file
    file=$(state_dir log)/asterisk-voiceai.service
    sed 's|=/opt/asterisk-voiceai/[^ ]*|=/bin/true|' systemd/asterisk-voiceai.service >"$file"
    systemd-analyze verify "$file" && systemd-analyze security --offline=true --threshold=25 --no-pager "$file"
}

# tests PROJECT: runs its tests and adds up what the runner says.
tests() {
    local project=$1 log line count
    log=$(state_dir log)/$project.log
    say "Testing: $project"
    dotnet test "tests/$project" -c Release --no-build --nologo "${filter[@]}" --logger "console;verbosity=normal" >"$log" 2>&1 || true
    grep -E '^ *Failed ' -A 25 "$log" | grep -vE '^ *(Passed|Skipped) ' || true
    # "Total tests: 12", "     Passed: 10", "     Failed: 1", "    Skipped: 1": zeros are left out
    count() { line=$(grep -E "^ *$1: [0-9]+$" "$log" | tail -n 1); echo "${line##*: }"; }
    if [ -z "$(count Passed)$(count Failed)$(count Skipped)" ]; then
        [ "${#filter[@]}" -gt 0 ] && grep -q 'No test matches' "$log" && return 0
        tail -n 30 "$log"
        printf 'Failed: %s ran no test\n' "$project"
        add 0 1 0
        return 0
    fi
    count=$(count Passed)
    add "${count:-0}" 0 0
    count=$(count Failed)
    add 0 "${count:-0}" 0
    count=$(count Skipped)
    add 0 0 "${count:-0}"
}

if [ $# -eq 0 ]; then
    check "formatting" dotnet format AsteriskVoiceAi.sln --verify-no-changes --no-restore
    if have systemd-analyze; then check "the systemd unit" unit; fi
fi
tests AsteriskVoiceAi.Tests
tests AsteriskVoiceAi.CallTests

say "Logs of the tests: $VOICEAI_STATE/log"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
