#!/usr/bin/env bash
# Installs the service so that systemd runs it, or brings an installed one to this version. May be run again at any time: files that
# you changed stay, and the service is restarted only when something of it changed (calls that run are finished first).
#
#   scripts/install.sh                         program, user, configuration, the models that calls need, unit; starts it
#     --models "NAME…"  --voices "NAME…"       these models (scripts/get-models.sh --list) and Piper voices, too
#     --whisper                                whisper.cpp's server, too (360 MB); its models by --models "whisper-base"
#     --from FOLDER                            a program that was published elsewhere (--publish), so no SDK is needed here
#     --no-models  --no-packages  --no-start   leaves these out
#     --root FOLDER                            below this folder instead of /, without user, packages and systemd
#   scripts/install.sh --publish FOLDER        only makes the program, with its runtime, to be copied to another machine
#   scripts/install.sh --asterisk-config       shows what Asterisk's configuration lacks; changes nothing
#     --write                                  adds it; every file it touches is kept beside it as FILE.before-voiceai-TIME
#     --asterisk-etc FOLDER                    another folder than /etc/asterisk
#
# Program in /opt/asterisk-voiceai, configuration and flows in /etc/asterisk-voiceai, all that the service keeps in
# /var/lib/asterisk-voiceai, the command line as /usr/local/bin/voiceai. docs/operations.md tells how to live with it.
# VOICEAI_MODEL_MIRROR   a folder with models, see scripts/get-models.sh
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/installed.sh"

from='' publish_to='' root='' models='' voices='' asterisk_etc=/etc/asterisk
whisper=no with_models=yes with_packages=yes start=yes asterisk_config=no write=no
while [ $# -gt 0 ]; do
    case "$1" in
        --from | --publish | --root | --models | --voices | --asterisk-etc)
            [ $# -ge 2 ] || die "$1 needs a value: see $0 --help."
            case "$1" in
                --from) from=$2 ;;
                --publish) publish_to=$2 ;;
                --root) root=$(realpath -m -- "$2") ;;
                --models) models=$2 ;;
                --voices) voices=$2 ;;
                --asterisk-etc) asterisk_etc=$2 ;;
            esac
            shift 2 ;;
        --whisper) whisper=yes; shift ;;
        --no-models) with_models=no; shift ;;
        --no-packages) with_packages=no; shift ;;
        --no-start) start=no; shift ;;
        --asterisk-config) asterisk_config=yes; shift ;;
        --write) write=yes; shift ;;
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        *) die "Unknown option $1: see $0 --help." ;;
    esac
done
installed_under "$root"

# ---- the program ------------------------------------------------------------------------------------------------------

# publish FOLDER: with the runtime where that can be had, so that an upgrade of the machine's .NET changes nothing here.
publish() {
    local log
    require_x64
    require_dotnet
    log=$(state_dir log)/publish.log
    : >"$log"
    say "Building the program"
    # Compiled ahead, so that it serves again a second sooner after a crash.
    publish_as "$1" "$log" --self-contained -p:PublishReadyToRun=true && return 0
    publish_as "$1" "$log" --self-contained && return 0
    say "The .NET runtime can't be fetched (see $log): this machine's own is used, and must stay"
    publish_as "$1" "$log" --no-self-contained || { tail -n 15 "$log" >&2; die "The build failed: see the errors above and $log."; }
}

# publish_as FOLDER LOG OPTION...
publish_as() {
    local target=$1 log=$2
    shift 2
    rm -rf -- "$target"
    dotnet publish "$VOICEAI_CHECKOUT/src/AsteriskVoiceAi.Service" -c Release -r linux-x64 "$@" -o "$target" \
        --nologo -v quiet -clp:ErrorsOnly --disable-build-servers >>"$log" 2>&1 </dev/null
}

# tree_id FOLDER: a name for what is in it
tree_id() { (cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-12; }

# install_program PUBLISHED: into a folder of its own, so that the one that runs keeps its files until it is restarted.
install_program() {
    local id release old
    mkdir -p -- "$program_dir/releases"
    rm -rf -- "$program_dir/releases/.part"
    mkdir -m 755 -- "$program_dir/releases/.part"
    cp -R -- "$1/." "$program_dir/releases/.part/"
    cp -R -- "$VOICEAI_CHECKOUT/docs" "$VOICEAI_CHECKOUT/systemd" "$VOICEAI_CHECKOUT/asterisk-config" "$program_dir/releases/.part/"
    chmod -R u=rwX,go=rX -- "$program_dir/releases/.part"
    id=$(tree_id "$program_dir/releases/.part")
    release=$program_dir/releases/$id
    if [ "$(readlink "$program_dir/current" 2>/dev/null)" = "releases/$id" ]; then
        rm -rf -- "$program_dir/releases/.part"
        return 0
    fi
    rm -rf -- "$release"
    mv -- "$program_dir/releases/.part" "$release"
    old=$(readlink "$program_dir/current" 2>/dev/null || true)
    ln -sfn -- "releases/$id" "$program_dir/current.part"
    mv -Tf -- "$program_dir/current.part" "$program_dir/current"
    # The one before stays, to go back to.
    find "$program_dir/releases" -mindepth 1 -maxdepth 1 ! -name "$id" ! -name "${old##*/}" -exec rm -rf -- {} +
    changed "program $id"
}

# ---- files ------------------------------------------------------------------------------------------------------------

changes=()
changed() { changes+=("$1"); say "New: $1"; }

# owned MODE GROUP PATH...: root's, readable by the group; under another root nobody's rights are changed.
owned() {
    local mode=$1 group=$2; shift 2
    chmod "$mode" -- "$@"
    [ -n "$root" ] || chown "root:$group" -- "$@"
}

# ours SOURCE DESTINATION MODE: a file that nobody but us changes
ours() {
    cmp -s -- "$1" "$2" && return 0
    install -D -m "$3" -- "$1" "$2"
    changed "${2#"$root"}"
}

# yours SOURCE DESTINATION: a file that belongs to the operator. What we brought last is kept in defaults/: with it a change of
# theirs is known from one of ours.
yours() {
    local default=$program_dir/defaults/${2#"$config_dir/"} known=no
    [ ! -f "$default" ] || known=yes
    if [ ! -e "$2" ]; then
        # A flow that was deleted stays so.
        case "$2" in "$config_dir"/flows/*) [ "$known" = no ] || return 0 ;; esac
        install -D -m 640 -- "$1" "$2"
        changed "${2#"$root"}"
    elif cmp -s -- "$1" "$2"; then
        :
    elif [ "$known" = yes ] && cmp -s -- "$default" "$2"; then
        install -m 640 -- "$1" "$2"
        changed "${2#"$root"}"
    elif [ "$known" = no ] || ! cmp -s -- "$1" "$default"; then
        install -m 640 -- "$1" "$2.new"
        owned 640 "$service" "$2.new"
        say "You changed ${2#"$root"}, so it stays; the new default is beside it as ${2##*/}.new"
    fi
    owned 640 "$service" "$2"
    install -D -m 644 -- "$1" "$default"
}

# ---- user, configuration, models --------------------------------------------------------------------------------------

make_user() {
    getent passwd "$service" >/dev/null && return 0
    say "Making the system user $service"
    useradd --system --user-group --home-dir "$data_dir" --no-create-home --shell /usr/sbin/nologin "$service" \
        || die "The system user $service can't be made: make it by hand and start again."
}

install_configuration() {
    local flow
    mkdir -p -- "$config_dir/flows" "$data_dir"
    owned 750 "$service" "$config_dir" "$config_dir/flows"
    chmod 750 -- "$data_dir"
    [ -n "$root" ] || chown "$service:$service" -- "$data_dir"
    yours "$VOICEAI_CHECKOUT/systemd/voiceai.yaml" "$config_dir/voiceai.yaml"
    yours "$VOICEAI_CHECKOUT/systemd/environment" "$config_dir/environment"
    for flow in "$VOICEAI_CHECKOUT"/flows/*.yaml; do yours "$flow" "$config_dir/flows/${flow##*/}"; done
    if ! [ -s "$config_dir/ari-password" ]; then
        (umask 077 && head -c 24 /dev/urandom | base64 | tr -d '/+=\n' >"$config_dir/ari-password")
        changed "${config_dir#"$root"}/ari-password"
    fi
    owned 640 "$service" "$config_dir/ari-password"
}

# install_models: a model that is new is used after a restart.
install_models() {
    local before
    before=$(model_files)
    (fetch_models)
    [ "$(model_files)" = "$before" ] || changed "models"
}

model_files() { find "$data_dir/models" "$program_dir/programs/bin" -type f -printf '%p %s\n' 2>/dev/null | LC_ALL=C sort || true; }

# Word splitting is wanted: lists of names.
# shellcheck disable=SC2086
fetch_models() {
    export VOICEAI_STATE=$data_dir
    "$here/get-models.sh" --check
    [ -z "$models" ] || "$here/get-models.sh" --check $models
    [ -z "$voices" ] || "$here/get-voice.sh" $voices
    if [ "$whisper" = yes ]; then VOICEAI_STATE=$program_dir/programs "$here/install-whisper.sh"; fi
}

# ---- systemd ----------------------------------------------------------------------------------------------------------

unit_state() { systemctl show --value -p "$1" "$service"; }

# run_service: started, or restarted when something changed; tells how it does.
run_service() {
    local former patience
    systemctl daemon-reload
    systemctl enable --quiet "$service"
    [ "$start" = yes ] || { say "Installed; 'systemctl start $service' starts it"; return 0; }
    former=$(unit_state MainPID)
    # A first start waits for nobody's calls, and often for an Asterisk that is still to be told of the service.
    if [ "$former" = 0 ]; then patience=$((SECONDS + 30)); else patience=$((SECONDS + 90)); fi
    if [ "${#changes[@]}" -eq 0 ] && [ "$(unit_state ActiveState)" = active ]; then
        say "Nothing has changed, and the service runs: $(unit_state StatusText)"
        return 0
    fi
    [ "$former" = 0 ] || say "Restarting the service; calls that run are finished first"
    systemctl restart --no-block "$service"
    until [ "$(unit_state ActiveState)" = active ] && [ "$(unit_state MainPID)" != "$former" ]; do
        if [ "$(unit_state ActiveState)" = failed ] || [ "$(unit_state NRestarts)" -gt 1 ]; then
            journalctl -u "$service" -n 15 --no-pager -o cat >&2 || true
            die "The service does not start: see the lines above; 'voiceai check' and 'voiceai doctor' say more."
        fi
        if [ "$SECONDS" -gt "$patience" ]; then
            say "Not ready yet: $(unit_state StatusText)"
            say "It goes on trying; 'systemctl status $service' and 'voiceai doctor' tell more"
            return 0
        fi
        read -rt 0.3 <> <(:) || true
    done
    say "The service runs: $(unit_state StatusText)"
}

# ---- Asterisk ---------------------------------------------------------------------------------------------------------

if [ "$asterisk_config" = yes ]; then
    program=$program_dir/current/voiceai
    [ -x "$program" ] || program=$here/voiceai
    arguments=(asterisk-config --folder "$asterisk_etc")
    [ ! -r "$config_dir/voiceai.yaml" ] || arguments+=(--config "$config_dir/voiceai.yaml")
    [ "$write" = no ] || arguments+=(--write)
    exec "$program" "${arguments[@]}"
fi

if [ -n "$publish_to" ]; then
    publish "$(realpath -m -- "$publish_to")"
    say "Copy $publish_to and this checkout to the other machine, and run there: scripts/install.sh --from FOLDER"
    exit 0
fi

# ---- all of it --------------------------------------------------------------------------------------------------------

require_installer "$root"
[ -z "$from" ] || [ -x "$from/voiceai" ] || die "There is no program in $from: make it with scripts/install.sh --publish FOLDER."
free_mib=$(df -Pm -- "$(dirname "$(realpath -m -- "${root:-/opt}")")" | awk 'END { print $4 }')
[ "$free_mib" -ge 1000 ] || die "Only $free_mib MiB are free for $program_dir and $data_dir: make 1000 MiB free."
[ -n "$root" ] || export VOICEAI_STATE=$data_dir
mkdir -p -- "$program_dir" "$data_dir"
if [ -z "$root" ]; then
    [ "$with_packages" = no ] || install_packages flite espeak-ng ca-certificates
    make_user
fi
published=$from
if [ -z "$published" ]; then
    published=$program_dir/.publish
    publish "$published"
fi
install_program "$published"
[ -n "$from" ] || rm -rf -- "$published"
install_configuration
ours "$VOICEAI_CHECKOUT/systemd/asterisk-voiceai.service" "$unit_file" 644
ours "$VOICEAI_CHECKOUT/systemd/voiceai" "$command_file" 755
[ "$with_models" = no ] || install_models
if systemd_runs; then
    run_service
else
    say "Installed below ${root:-/}; no systemd runs here that could start it"
fi
[ -n "$root" ] || say "What Asterisk's configuration lacks: scripts/install.sh --asterisk-config"
