#!/bin/bash
# Fetches Piper voices into .voiceai/models/piper: the model, its description, and its card with the licence, which is shown.
# Every file of scripts/voices.txt is pinned by size and hash, whole or absent. Then name the voice in voiceai.yaml:
# speech.synthesizers: [piper-NAME, flite, espeak-ng]
#
#   scripts/get-voice.sh NAME...   these voices, e.g. en_US-joe-medium
#   scripts/get-voice.sh --list    names, sizes, what is there, language, speakers, quality
#   scripts/get-voice.sh --check NAME...   also compares the hashes of the files that are there; a wrong one is fetched again
#
# Sources, in this order: a folder (VOICEAI_MODEL_MIRROR, with the voices' files in piper/), then the voices' hub. A voice of your
# own needs none of this: put NAME.onnx and NAME.onnx.json into the models folder's piper/.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"

names=()
for argument; do
    case "$argument" in
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        -*) ;;
        *) names+=("$argument") ;;
    esac
done
[ $# -gt 0 ] || die "Say which voice: see $0 --list."

export VOICEAI_MODEL_LIST=$here/voices.txt VOICEAI_MODEL_SCRIPT=$0
"$here/get-models.sh" "$@"
for name in ${names[@]+"${names[@]}"}; do
    card=$VOICEAI_STATE/models/piper/$name.MODEL_CARD
    [ -f "$card" ] || continue
    say "The card of $name, with its licence:"
    tr -cd '[:print:]\n' <"$card" | sed 's/^/    /' >&2
done
