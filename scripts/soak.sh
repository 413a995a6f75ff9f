#!/usr/bin/env bash
# Many simultaneous calls that talk for a long time over each media transport; looks whether anything is left of them:
# sockets, links, timers, memory after collection, open files, Asterisk's channels and bridges. The exit code says it.
#
#   scripts/soak.sh [--calls 20] [--minutes 10] [--transport rtp|websocket|audiosocket|all]
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
require_machine
set_up tests/AsteriskVoiceAi.Benchmarks
export VOICEAI_MODELS=$VOICEAI_STATE/models
dotnet "$VOICEAI_CHECKOUT/tests/AsteriskVoiceAi.Benchmarks/bin/Release/net10.0/AsteriskVoiceAi.Benchmarks.dll" soak "$@"
