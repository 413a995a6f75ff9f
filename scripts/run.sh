#!/usr/bin/env bash
# Sets everything up, starts Asterisk and the service, places a spoken test call and shows the conversation; then stays up.
#
#   scripts/run.sh           until Ctrl-C
#   scripts/run.sh --once    ends after the test call; the exit code says how it went
#
# Ports: VOICEAI_SIP_PORT (5060), VOICEAI_ASTERISK_HTTP_PORT (8088), VOICEAI_AGI_PORT (4573),
#        VOICEAI__AUDIOSOCKET__PORT (9093), VOICEAI__HTTP__PORT (8090). VOICEAI_SIP_BIND=0.0.0.0 lets phones of your network call.
# Everything it makes is in .voiceai/ (or VOICEAI_STATE).
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/build.sh"
. "$here/lib/setup.sh"

once=no
case "${1:-}" in
    '') ;;
    --once) once=yes ;;
    -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac

sip_port=${VOICEAI_SIP_PORT:-5060}
asterisk_port=${VOICEAI_ASTERISK_HTTP_PORT:-8088}
agi_port=${VOICEAI_AGI_PORT:-4573}
audiosocket_port=${VOICEAI__AUDIOSOCKET__PORT:-9093}
http_port=${VOICEAI__HTTP__PORT:-8090}

require_machine
# A run that was cut off may have left its Asterisk behind.
[ ! -d "$VOICEAI_STATE/asterisk" ] || "$here/asterisk.sh" stop >/dev/null
require_port_free udp "$sip_port" VOICEAI_SIP_PORT "SIP"
require_port_free tcp "$asterisk_port" VOICEAI_ASTERISK_HTTP_PORT "Asterisk's HTTP"
require_port_free tcp "$agi_port" VOICEAI_AGI_PORT "FastAGI"
require_port_free tcp "$audiosocket_port" VOICEAI__AUDIOSOCKET__PORT "AudioSocket"
require_port_free tcp "$http_port" VOICEAI__HTTP__PORT "the service's HTTP"

set_up tests/AsteriskVoiceAi.TestCall/AsteriskVoiceAi.TestCall.csproj

service_log=$(state_dir log)/service.log
service=
stop_all() {
    trap - EXIT INT TERM
    if [ -n "$service" ] && kill -0 "$service" 2>/dev/null; then
        kill -TERM "$service"
        wait "$service" 2>/dev/null || true
    fi
    "$here/asterisk.sh" stop >/dev/null 2>&1 || true
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say "Starting Asterisk"
"$here/asterisk.sh" start --sip-port "$sip_port" --http-port "$asterisk_port" --agi-port "$agi_port" >/dev/null

say "Starting the service (log: $service_log)"
cd "$VOICEAI_CHECKOUT"
export VOICEAI__FASTAGI__PORT=$agi_port VOICEAI__AUDIOSOCKET__PORT=$audiosocket_port VOICEAI__HTTP__PORT=$http_port
export VOICEAI__ARI__URL=http://127.0.0.1:$asterisk_port VOICEAI__ARI__PASSWORD_FILE=$VOICEAI_STATE/asterisk/ari-password
export VOICEAI__SPEECH__MODELS_FOLDER=$VOICEAI_STATE/models
dotnet "$VOICEAI_DLL" serve --config voiceai.yaml >"$service_log" 2>&1 &
service=$!
until service_ready "$http_port"; do
    kill -0 "$service" 2>/dev/null || { tail -n 15 "$service_log" >&2; die "The service ended while it started: see the lines above and $service_log."; }
    [ "$SECONDS" -lt 1800 ] || die "The service is not ready: see $service_log."
    read -rt 0.1 <> <(:) || true
done
sed 's/^/       /' "$service_log" >&2

say "Placing a test call"
call=0
dotnet "$VOICEAI_CHECKOUT/tests/AsteriskVoiceAi.TestCall/bin/Release/net10.0/testcall.dll" \
    --sip "127.0.0.1:$sip_port" --service "http://127.0.0.1:$http_port/" || call=$?
say "From start to the end of the first call: $SECONDS s"
if [ "$once" = yes ]; then exit "$call"; fi
[ "$call" = 0 ] || die "The test call went wrong: see above, $service_log and $VOICEAI_STATE/asterisk/log/messages."

cat <<TEXT

The service is up. Call it from a softphone on this machine:
    server 127.0.0.1:$sip_port (UDP), user softphone, password $(cat "$VOICEAI_STATE/asterisk/softphone-password")
    105  the whole conversation: ask for a parcel, sales, billing, the opening hours or a person
    100  text to speech      103  ask and hear      199  echo
For phones of your network start it with VOICEAI_SIP_BIND=0.0.0.0 scripts/run.sh
What it says and where it sends callers is in flows/main.yaml; a change is taken up at once.
Conversations appear below. Ctrl-C stops everything.

TEXT
dotnet "$VOICEAI_DLL" watch --config voiceai.yaml &
wait "$service" || die "The service ended: see $service_log."
