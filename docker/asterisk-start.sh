#!/bin/bash
# Starts Asterisk in its container: makes its configuration from the settings in the environment (see compose.yaml) and what
# lasts in the volume, then becomes Asterisk.
set -euo pipefail

state=/var/lib/voiceai-asterisk
own=/etc/voiceai-asterisk                  # *_local.conf of the operator
given=/run/secrets/ari-password            # a compose secret, where there is one
shared=/var/lib/voiceai-secrets/ari-password

die() { printf 'asterisk-start: %s\n' "$*" >&2; exit 1; }

# Phones of a network that are told 127.0.0.1 would send their audio to themselves.
case "$VOICEAI_PUBLISH" in
    127.*) ;;
    *) case "$VOICEAI_ADVERTISE" in
        127.* | '') die "VOICEAI_PUBLISH=$VOICEAI_PUBLISH opens SIP to a network, but VOICEAI_ADVERTISE is '$VOICEAI_ADVERTISE': set it to the address at which phones reach this machine." ;;
       esac ;;
esac

if [ -e "$given" ]; then
    [ -r "$given" ] || die "The secret ari-password is there but not readable by user $(id -u): chmod 644 its file (a folder with mode 700 around it guards it on the host)."
    password=$given
else
    password=$shared
    if [ ! -s "$password" ]; then
        umask 027
        head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$password.part" || die "The volume at ${shared%/*} can't be written by user $(id -u): remove the volume and start again."
        mv -f -- "$password.part" "$password"
        echo "asterisk-start: made a new ARI password in the volume 'secrets'"
    fi
fi

rm -f -- "$state"/etc/*_local.conf
VOICEAI_ASTERISK=system VOICEAI_SANDBOX=none /voiceai/scripts/asterisk.sh render --dir "$state" --ari-password-file "$password"
for file in "$own"/*_local.conf; do
    [ ! -f "$file" ] || cp -- "$file" "$state/etc/"
done
sed -i '/^messages/d' "$state/etc/logger.conf"     # the container's output is the log

ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
echo "asterisk-start: SIP on $VOICEAI_PUBLISH:$VOICEAI_SIP_PORT, audio on UDP $VOICEAI_RTP_START to $VOICEAI_RTP_END, phones are told $VOICEAI_ADVERTISE"
exec asterisk -f
