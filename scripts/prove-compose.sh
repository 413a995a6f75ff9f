#!/usr/bin/env bash
# Proves docker/compose.yaml by using it: builds both images, brings the composition up on fresh volumes, calls it from
# outside with recorded human speech, checks that the caller was understood and routed, and takes everything down again.
# By Docker, or where no Docker engine runs by podman, as root, with settings of its own (nothing in /etc is changed).
#
#   scripts/prove-compose.sh               one call
#   scripts/prove-compose.sh --failures    then also: up twice, the service killed in a call, Asterisk restarted, a wrong secret
#   scripts/prove-compose.sh --clean       only removes the images that earlier runs left, and what else is untagged
#
# The images stay, so that the next run is quick. Ports, as in compose.yaml: VOICEAI_SIP_PORT (5060), VOICEAI_RTP_START
# (10000) to VOICEAI_RTP_END (10199), VOICEAI_HTTP_PORT (8090). VOICEAI_ENGINE=docker or podman fixes the engine.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/build.sh"
. "$here/lib/debian-root.sh"
. "$here/lib/containers.sh"

failures=no clean=no
case "${1:-}" in
    '') ;;
    --failures) failures=yes ;;
    --clean) clean=yes ;;
    -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    *) die "Unknown option $1: see $0 --help." ;;
esac

sip_port=${VOICEAI_SIP_PORT:-5060}
rtp_start=${VOICEAI_RTP_START:-10000}
rtp_end=${VOICEAI_RTP_END:-10199}
http_port=${VOICEAI_HTTP_PORT:-8090}
export VOICEAI_SIP_PORT=$sip_port VOICEAI_RTP_START=$rtp_start VOICEAI_RTP_END=$rtp_end VOICEAI_HTTP_PORT=$http_port
export VOICEAI_PUBLISH=127.0.0.1 VOICEAI_ADVERTISE=127.0.0.1

COMPOSE_PROJECT=voiceai-proof
COMPOSE_FILES=("$VOICEAI_CHECKOUT/docker/compose.yaml")
asterisk_image=asterisk-voiceai-asterisk
service_image=asterisk-voiceai-service
debian_image=$(base_of "$VOICEAI_CHECKOUT/docker/asterisk.Dockerfile" DEBIAN)
sdk_image=$(base_of "$VOICEAI_CHECKOUT/docker/service.Dockerfile" DOTNET_SDK)

choose_engine
log=$(state_dir log)/prove-compose.log
: >"$log"

if [ "$clean" = yes ]; then
    compose_down "$log"
    "$ENGINE" image rm -f "$asterisk_image" "$service_image" >>"$log" 2>&1 || true
    # of the bases only those that could not be pulled
    mapfile -t made < <("$ENGINE" image ls --quiet --filter label=made-by=prove-compose | sort -u)
    [ "${#made[@]}" -eq 0 ] || "$ENGINE" image rm -f "${made[@]}" >>"$log" 2>&1 || true
    "$ENGINE" image prune -f >>"$log" 2>&1 || true
    say "The images are gone"
    exit 0
fi

require_dotnet
require_port_free udp "$sip_port" VOICEAI_SIP_PORT "SIP"
require_port_free udp "$rtp_start" VOICEAI_RTP_START "audio"
require_port_free tcp "$http_port" VOICEAI_HTTP_PORT "the service's HTTP"

builds_before=$(unfinished_builds)
builder='' work='' sounds='' listening='' seeded=()
exec {terminal}>&2
take_down() {
    local status=$?
    trap - EXIT INT TERM HUP
    exec 2>&"$terminal"                    # a signal may come in the middle of a logged command
    if [ "$status" != 0 ]; then
        for service in asterisk voiceai; do
            say "Last lines of $service:"
            "$ENGINE" logs --tail 15 "$(container "$service")" 2>&1 | sed 's/^/       /' >&2 || true
        done
    fi
    say "Taking everything down"
    compose_down "$log"
    if [ "$status" != 0 ]; then drop_builds "$builds_before" "$log"; fi
    [ -z "$listening" ] || kill "$listening" 2>/dev/null || true
    [ -z "$builder" ] || kill -KILL "$builder" 2>/dev/null || true
    [ -z "$work" ] || rm -rf --one-file-system -- "$work"
    [ -z "$sounds" ] || rm -rf -- "$sounds"
    [ "${#seeded[@]}" -eq 0 ] || rm -f -- "${seeded[@]}"
    if [ "$status" != 0 ]; then say "It went wrong: see above and $log"; fi
    exit "$status"
}
trap take_down EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# now: milliseconds
now() { local time=${EPOCHREALTIME/[.,]/}; printf '%s\n' "$((time / 1000))"; }
seconds_since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f", (to - from) / 1000 }'; }

# wait_until SECONDS WHAT COMMAND...: until the command succeeds
wait_until() {
    local until=$((SECONDS + $1)) what=$2; shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || die "$what: waited too long."
        sleep 0.2
    done
}

healthy() { "$ENGINE" exec "$(container asterisk)" asterisk-healthy && "$ENGINE" exec "$(container voiceai)" service-healthy; }
ready() { service_ready "$http_port"; }
# call [ARGUMENT...]: by the test phone
# shellcheck disable=SC2120
call() {
    VOICEAI_ASTERISK=$sounds dotnet "$VOICEAI_CHECKOUT/tests/AsteriskVoiceAi.TestCall/bin/Release/net10.0/testcall.dll" \
        "$@" --sip "127.0.0.1:$sip_port"
}

# What earlier downloads left in the cache need not be fetched again in the build.
if cache_usable; then
    for file in "$VOICEAI_CACHE"/npm/*.tgz; do
        copy=$VOICEAI_CHECKOUT/docker/models/${file##*/}
        if [ -f "$file" ] && [ ! -e "$copy" ]; then seeded+=("$copy"); cp --preserve=timestamps -- "$file" "$copy"; fi
    done
fi

base_images "$log" "$debian_image" "$sdk_image"
began=$(now)
say "Building $asterisk_image"
run_logged "$log" build_image "$asterisk_image" docker/asterisk.Dockerfile || die "The image $asterisk_image could not be built: see above and $log."
say "Building $service_image"
run_logged "$log" build_image "$service_image" docker/service.Dockerfile || die "The image $service_image could not be built: see above and $log."
built=$(seconds_since "$began")
build_if_older tests/AsteriskVoiceAi.TestCall/AsteriskVoiceAi.TestCall.csproj \
    "$VOICEAI_CHECKOUT/tests/AsteriskVoiceAi.TestCall/bin/Release/net10.0/testcall.dll"

say "Bringing the composition up on fresh volumes"
compose_down "$log"
began=$(now)
run_logged "$log" compose up -d --no-build || die "The composition does not come up: see above and $log."
wait_until 120 "The service's /health/ready" ready
readied=$(seconds_since "$began")
wait_until 10 "Both health checks" healthy
say "Ready after $readied s; both health checks agree"

# The test phone speaks with a voice of Asterisk's prompts.
sounds=$(mktemp -d "$(state_dir containers)/sounds.XXXXXX")
mkdir -p -- "$sounds/usr/share/asterisk/sounds/en"
for prompt in vm-goodbye queue-callswaiting; do
    "$ENGINE" cp "$(container asterisk):/usr/share/asterisk/sounds/en_US_f_Allison/$prompt.wav" "$sounds/usr/share/asterisk/sounds/en/" >>"$log" 2>&1 \
        || die "The image $asterisk_image lacks the prompt $prompt: see $log."
done
say "Calling it from outside"
call --service "http://127.0.0.1:$http_port/" || die "The test call went wrong: see above."
called=$(seconds_since "$began")

# Both run with no rights and nothing to write to; asked of the running containers, not of the file.
for service in asterisk voiceai; do
    # shellcheck disable=SC2016
    "$ENGINE" exec "$(container "$service")" bash -c '
        grep -q "^CapBnd:[[:space:]]*0*$" /proc/1/status && grep -q "^NoNewPrivs:[[:space:]]*1" /proc/1/status && [ "$(id -u)" != 0 ] && ! touch /proof 2>/dev/null' \
        || die "The container of $service has rights that it should not have: see docker/compose.yaml."
done
say "Both containers run as a user of their own, without capabilities, on a read-only root"

# shellcheck source=lib/compose-failures.sh
if [ "$failures" = yes ]; then . "$here/lib/compose-failures.sh"; fi

cat <<TEXT

Images: $asterisk_image $(image_mib "$asterisk_image") MiB, $service_image $(image_mib "$service_image") MiB, $(image_mib "$debian_image") MiB of each their common base
Building: $built s. Up to ready: $readied s. Up to the end of the first call: $called s. All together so far: $SECONDS s.
TEXT
