# shellcheck shell=bash
# What scripts/prove-operations.sh runs inside its container: an Asterisk of the machine, callers, and waiting.

# shellcheck disable=SC2034 # used by those who are run after this
yaml=/etc/asterisk-voiceai/voiceai.yaml

# prepare: once, in a fresh container
prepare() {
    cp -R /srv/asterisk-root/etc/asterisk /etc/asterisk
    echo 'Defaults env_keep += "VOICEAI_MODEL_MIRROR EDITOR LIMITS"' >/etc/sudoers.d/proof
    echo "127.0.0.1 localhost $(hostname)" >/etc/hosts
    cat >/etc/systemd/system/asterisk.service <<'END'
[Unit]
Description=Asterisk
[Service]
Type=notify
RootDirectory=/srv/asterisk-root
MountAPIVFS=yes
BindPaths=/etc/asterisk
TemporaryFileSystem=/var/lib/asterisk /var/log /var/spool/asterisk /tmp
RuntimeDirectory=asterisk
ExecStart=/usr/sbin/asterisk -f -C /etc/asterisk/asterisk.conf
END
    cat >/usr/local/sbin/asterisk <<'END'
#!/bin/sh
exec nsenter -t "$(systemctl show --value -p MainPID asterisk)" -m -r -w -- /usr/sbin/asterisk "$@"
END
    # types $LIMITS into the editor of systemctl edit
    cat >/usr/local/bin/type-limits <<'END'
#!/bin/sh
printf '[Service]\n%b\n' "$LIMITS" >"$1"
END
    chmod 755 /usr/local/sbin/asterisk /usr/local/bin/type-limits
    # somebody who is silent, says goodbye after nine seconds, and stays on the line; and a context that takes callers in
    cat >>/etc/asterisk/extensions.conf <<'END'

[caller]
exten => goodbye,1,Answer()
 same => n,Playback(silence/9)
 same => n,Playback(vm-goodbye)
 same => n(on),Playback(silence/9)
 same => n,Goto(on)
exten => silent,1,Answer()
 same => n(on),Playback(silence/9)
 same => n,Goto(on)

[from-phones]
include => voiceai
END
    systemctl start asterisk || { journalctl -u asterisk -n 20 --no-pager -o cat; return 1; }
    git clone --quiet -b proof /srv/voiceai.git /root/AsteriskVoiceAi
}

shown() { systemctl show --value -p "$1" asterisk-voiceai; }
ready() { [ "$(systemctl is-active asterisk-voiceai)" = active ]; }
logged() { journalctl -u asterisk-voiceai -o cat --no-pager --since "${2:--60s}" | grep -F -- "$1"; }

# within SECONDS COMMAND...
within() {
    local deadline=$((SECONDS + $1)); shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || { echo "Never true: $*"; return 1; }
        read -rt 0.3 <> <(:) || true
    done
}

# caller EXTENSION WHO: calls voiceai or voiceai-agi, by one that says goodbye or is silent
caller() { asterisk -rx "channel originate Local/$1@from-phones extension $2@caller" >/dev/null; }
status_says() { shown StatusText | grep -F -- "$1"; }
hang_up_all() { asterisk -rx "channel request hangup all" >/dev/null; }
newest_call() { voiceai calls --limit 1 --format csv | tail -n 1 | cut -d, -f "$1"; }
