# shellcheck shell=bash
# shellcheck disable=SC2154 # its variables
# What must go well when something goes wrong with the composition that prove-compose.sh has up. Sourced by it.

# listen EXTENSION LONGEST_SILENCE: a caller who says nothing, in the background
listen() {
    call listen --extension "$1" --longest-silence "$2" >"$sounds/listened" 2>&1 &
    listening=$!
    wait_until 20 "The answer on $1" grep -q answered "$sounds/listened"
}

# listened: how that call went
listened() {
    local status=0
    wait "$listening" || status=$?
    listening=''
    sed 's/^/       /' "$sounds/listened" >&2
    [ "$status" = 0 ] || die "A caller was left alone: see above."
}

in_service() { "$ENGINE" exec "$(container voiceai)" "$@"; }
in_asterisk() { "$ENGINE" exec "$(container asterisk)" "$@"; }

# crash_service: the process dies; that it comes back is the engine's doing
crash_service() {
    # shellcheck disable=SC2016
    in_service bash -c 'for process in /proc/[0-9]*; do [ "$(<"$process/comm")" != voiceai ] || kill -KILL "${process#/proc/}"; done' >>"$log" 2>&1 || true
    crashed=$(now)
}

serving_again() {
    wait_until 60 "The service after $1" ready
    say "Serving again $(seconds_since "$crashed") s after $1"
}

say "Bringing it up a second time"
run_logged "$log" compose up -d --no-build || die "A second 'up' fails: see above and $log."
wait_until 60 "The service after a second 'up'" ready

say "The service is killed in a call over AGI: its caller must hear the dialplan's plan B at once"
listen 104 2
sleep 2
crash_service
serving_again "being killed"
listened

say "The service is killed in a call over ARI: the next run must take the call up"
listen 105 15
sleep 2
crash_service
serving_again "being killed"
listened

say "Asterisk is restarted"
crashed=$(now)
run_logged "$log" "$ENGINE" restart -t 5 "$(container asterisk)" || die "Asterisk's container does not restart: see above."
unready() { ! ready; }
wait_until 10 "The loss of ARI" unready
serving_again "Asterisk's restart"
call --service "http://127.0.0.1:$http_port/" || die "The call after Asterisk's restart went wrong: see above."

say "The service has another password than Asterisk"
in_asterisk bash -c 'cd /var/lib/voiceai-secrets && cp ari-password /tmp/right && echo wrong >ari-password'
run_logged "$log" "$ENGINE" restart -t 35 "$(container voiceai)" || die "The service's container does not restart: see above."
# its health check fails and says why
refusal() { { in_service service-healthy 2>&1 || true; } | grep -o '401: Asterisk does not accept user[^.]*[.]conf'; }
wait_until 30 "The refusal of the password" refusal
say "It says: $(refusal)"
in_asterisk bash -c 'cd /var/lib/voiceai-secrets && cat /tmp/right >ari-password && rm /tmp/right'
crashed=$(now)
serving_again "the right password was back, without a restart"
