#!/bin/bash
# Starts the service in its container. With arguments: runs voiceai with them, e.g. check, models, lint main.
set -euo pipefail

# The volume holds what an operator added; what came with the image is linked beside it, and follows the image when that is newer.
models=$VOICEAI__SPEECH__MODELS_FOLDER
find "$models" -xtype l -delete
cp -rs --update=none /usr/share/voiceai/models/. "$models/"

if [ $# -eq 0 ]; then set -- serve; fi
exec /opt/voiceai/voiceai "$@" --config /etc/voiceai/voiceai.yaml
