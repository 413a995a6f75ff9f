#!/bin/bash
# Whether Asterisk takes calls.
set -euo pipefail
# its exit code says nothing
answer=$(timeout 4 asterisk -C /var/lib/voiceai-asterisk/etc/asterisk.conf -rx 'core waitfullybooted')
printf '%s\n' "$answer"
[[ $answer == *"fully booted"* ]]
