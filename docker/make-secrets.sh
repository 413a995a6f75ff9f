#!/bin/bash
# Makes docker/secrets/ari-password, random, unless it is there. The folder is yours alone; the file in it can be read by
# everybody, because the containers' users are not yours and compose mounts the file as it is.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)/secrets
mkdir -p -- "$folder"
chmod 700 -- "$folder"
if [ ! -s "$folder/ari-password" ]; then
    head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$folder/ari-password"
    echo "Made $folder/ari-password" >&2
fi
chmod 444 -- "$folder/ari-password"
