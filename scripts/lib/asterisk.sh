# shellcheck shell=bash
# Where the Asterisk is that the scripts run, and what it must be able to do.
# Needs common.sh.

# Modules without which the product does not work; an Asterisk that lacks one is not used.
ASTERISK_MODULES=(
    res_agi app_stasis res_ari res_ari_asterisk res_ari_channels res_ari_bridges res_ari_events res_stasis res_http_websocket
    app_audiosocket chan_audiosocket res_audiosocket chan_websocket res_websocket_client chan_rtp res_rtp_asterisk
    app_exec app_playback app_echo app_verbose app_stack app_dial app_mixmonitor
    func_uri func_strings func_channel func_callerid func_timeout func_logic
    codec_ulaw codec_alaw codec_g722 codec_resample format_wav format_pcm format_sln
    bridge_simple bridge_softmix chan_pjsip res_pjsip res_pjsip_session res_pjsip_sdp_rtp res_pjsip_registrar pbx_config
)

# debian_multiarch: the library folder's name, e.g. x86_64-linux-gnu
debian_multiarch() { printf '%s-linux-gnu\n' "$(uname -m)"; }

# asterisk_module_dir ROOT: the folder of the modules under ROOT ("" = this machine); fails when there is none.
asterisk_module_dir() {
    local dir
    for dir in "$1/usr/lib/$(debian_multiarch)/asterisk/modules" "$1/usr/lib64/asterisk/modules" "$1/usr/lib/asterisk/modules"; do
        [ -e "$dir/res_agi.so" ] && { printf '%s\n' "${dir#"$1"}"; return 0; }
    done
    return 1
}

# asterisk_lacks ROOT: prints the needed modules that are missing under ROOT, nothing when all are there.
asterisk_lacks() {
    local modules module
    modules=$(asterisk_module_dir "$1") || { echo "modules"; return 0; }
    for module in "${ASTERISK_MODULES[@]}"; do
        [ -e "$1$modules/$module.so" ] || printf '%s\n' "$module"
    done
}

# asterisk_root_whole ROOT: whether ROOT is a finished installation.
asterisk_root_whole() { [ -x "$1/usr/sbin/asterisk" ] && [ -f "$1/.voiceai-whole" ]; }

# asterisk_find: sets ASTERISK_ROOT ("" = the machine's own Asterisk), ASTERISK_MODULE_DIR and ASTERISK_DATA_DIR
# (both as seen inside the root); fails when no usable Asterisk is there.
# VOICEAI_ASTERISK = empty (the machine's own if able, else the bundled one) | bundled | system | /path/to/root
asterisk_find() {
    local root lacking dir
    case "${VOICEAI_ASTERISK:-}" in
        /*) root=${VOICEAI_ASTERISK%/}
            [ -x "$root/usr/sbin/asterisk" ] || die "VOICEAI_ASTERISK names $root, but there is no usr/sbin/asterisk in it: correct or unset it."
            lacking=$(asterisk_lacks "$root" | paste -sd' ')
            [ -z "$lacking" ] || die "The Asterisk in $root lacks the modules $lacking: unset VOICEAI_ASTERISK to use the bundled one." ;;
        system) root=
            [ -x /usr/sbin/asterisk ] || die "VOICEAI_ASTERISK=system, but there is no /usr/sbin/asterisk: unset it to use the bundled one."
            lacking=$(asterisk_lacks "" | paste -sd' ')
            [ -z "$lacking" ] || die "This machine's Asterisk lacks the modules $lacking: unset VOICEAI_ASTERISK to use the bundled one." ;;
        bundled) root=$VOICEAI_STATE/asterisk-root ;;
        '') if [ -x /usr/sbin/asterisk ] && [ -z "$(asterisk_lacks "")" ]; then root=; else root=$VOICEAI_STATE/asterisk-root; fi ;;
        *) die "VOICEAI_ASTERISK must be bundled, system or the path of a root folder, not '$VOICEAI_ASTERISK'." ;;
    esac
    if [ "$root" = "$VOICEAI_STATE/asterisk-root" ]; then asterisk_root_whole "$root" || return 1; fi
    ASTERISK_ROOT=$root
    ASTERISK_MODULE_DIR=$(asterisk_module_dir "$root") || return 1
    ASTERISK_DATA_DIR=/usr/share/asterisk
    for dir in /usr/share/asterisk /var/lib/asterisk; do
        [ -d "$root$dir/sounds" ] && { ASTERISK_DATA_DIR=$dir; break; }
    done
    export ASTERISK_ROOT ASTERISK_MODULE_DIR ASTERISK_DATA_DIR
}

# asterisk_loader ROOT: the dynamic loader under ROOT, with which its programs run without a chroot.
asterisk_loader() {
    local loader
    for loader in "$1"/usr/lib64/ld-linux-*.so.* "$1/usr/lib/$(debian_multiarch)"/ld-linux-*.so.*; do
        [ -x "$loader" ] && { printf '%s\n' "$loader"; return 0; }
    done
    return 1
}

# asterisk_version: the version of the Asterisk that asterisk_find found, e.g. 22.10.1
asterisk_version() {
    local libs text
    if [ -n "$ASTERISK_ROOT" ]; then
        libs=$ASTERISK_ROOT/usr/lib/$(debian_multiarch)
        text=$("$(asterisk_loader "$ASTERISK_ROOT")" --library-path "$libs" "$ASTERISK_ROOT/usr/sbin/asterisk" -V)
    else
        text=$(/usr/sbin/asterisk -V)
    fi
    text=${text#Asterisk }
    printf '%s\n' "${text%%[+~ ]*}"
}
