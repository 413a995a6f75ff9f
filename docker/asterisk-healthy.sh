#!/bin/bash
# Whether Asterisk takes calls.
set -euo pipefail
# its exit code says nothing
answer=$(timeout 4 asterisk -rx 'core waitfullybooted')
printf '%s\n' "$answer"
[[ $answer == *"fully booted"* ]]
