#!/bin/bash
# Whether the service takes calls; prints the reasons when it doesn't (docker inspect shows them).
set -euo pipefail
port=${VOICEAI__HTTP__PORT:-8090}
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3
answer=$(timeout 4 cat <&3)
printf '%s\n' "${answer##*$'\r\n\r\n'}"
[[ $answer == HTTP/1.?" 200 "* ]]
