# shellcheck shell=bash
# A container engine that builds and runs docker/compose.yaml: Docker, or podman where no Docker engine runs.
# Needs common.sh, platform.sh and debian-root.sh.

# choose_engine: sets ENGINE to docker or podman, and prepares podman without touching the machine's own settings of it.
# VOICEAI_ENGINE=docker or podman fixes one.
choose_engine() {
    case "${VOICEAI_ENGINE:-}" in
        '') ENGINE=podman
            if have docker && docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1; then ENGINE=docker; fi ;;
        docker | podman) ENGINE=$VOICEAI_ENGINE ;;
        *) die "VOICEAI_ENGINE must be docker or podman, not '$VOICEAI_ENGINE'." ;;
    esac
    [ "$ENGINE" = docker ] || prepare_podman
    say "Containers by $ENGINE $("$ENGINE" version --format '{{.Client.Version}}' 2>/dev/null)"
}

prepare_podman() {
    is_root || die "No Docker engine runs here, and podman is used as root only: start Docker, or run this as root."
    if ! have podman || ! have podman-compose || ! have runc; then
        install_packages podman buildah runc netavark aardvark-dns fuse-overlayfs podman-compose uidmap slirp4netns iptables
    fi
    # Settings of one's own, in place of /etc/containers/containers.conf. The defaults ask for higher limits than a
    # container or a virtual machine may grant, for a control group each, and for crun, which refuses hybrid control groups.
    CONTAINERS_CONF=$(state_dir containers)/containers.conf
    export CONTAINERS_CONF
    cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits = ["nofile=10000:10000", "nproc=10000:10000"]
cgroups = "no-conmon"
[engine]
runtime = "runc"
[network]
network_backend = "netavark"
CONF
}

# compose ARGUMENT...: the composition COMPOSE_FILES as the project COMPOSE_PROJECT
compose() {
    local files=() file
    for file in "${COMPOSE_FILES[@]}"; do files+=(-f "$file"); done
    if [ "$ENGINE" = docker ]; then
        docker compose -p "$COMPOSE_PROJECT" "${files[@]}" "$@"
    else
        podman-compose -p "$COMPOSE_PROJECT" "${files[@]}" "$@"
    fi
}

# compose_down LOG: takes it down with its volumes and its network; nothing to do is fine.
compose_down() {
    # podman-compose leaves behind what is just being started anew
    [ "$ENGINE" = docker ] || podman rm -f -t 5 --ignore "$(container voiceai)" "$(container asterisk)" >>"$1" 2>&1 || true
    compose down -v >>"$1" 2>&1 || true
    [ "$ENGINE" = docker ] || podman network rm "${COMPOSE_PROJECT}_default" >>"$1" 2>&1 || true
}

# container SERVICE: the name of its container
container() { if [ "$ENGINE" = docker ]; then printf '%s-%s-1\n' "$COMPOSE_PROJECT" "$1"; else printf '%s_%s_1\n' "$COMPOSE_PROJECT" "$1"; fi; }

# base_of DOCKERFILE ARGUMENT: the image that it names as this argument's default
base_of() { sed -n "s/^ARG $2=//p" "$1" | head -n 1; }

# engine_build OPTION...
engine_build() {
    local options=()
    [ "$ENGINE" = docker ] || options=(--isolation chroot --network host --pull=never --layers)
    "$ENGINE" build "${options[@]}" "$@"
}

# build_image NAME DOCKERFILE [OPTION...]: from this checkout
build_image() {
    local name=$1 file=$2; shift 2
    engine_build "$@" -t "$name" -f "$VOICEAI_CHECKOUT/$file" "$VOICEAI_CHECKOUT"
}

# unfinished_builds: the working containers of podman's builds, those that run and those that were cut off
unfinished_builds() { [ "$ENGINE" = docker ] || buildah containers --quiet --noheading 2>/dev/null | sort || true; }

# drop_builds BEFORE LOG: removes the working containers that are not in the list BEFORE
drop_builds() { comm -13 <(printf '%s\n' "$1") <(unfinished_builds) | xargs -r buildah rm >>"$2" 2>&1 || true; }

image_there() { "$ENGINE" image inspect "$1" >/dev/null 2>&1; }

# image_mib NAME
image_mib() { "$ENGINE" image inspect --format '{{.Size}}' "$1" | awk '{ printf "%.0f\n", $1 / 1048576 }'; }

# base_images LOG DEBIAN SDK: pulls what the Dockerfiles build on; what can't be pulled is made from Debian's packages and
# this machine's .NET SDK, under the same name.
base_images() {
    local log=$1 debian=$2 sdk=$3
    base_image "$log" "$debian" || make_debian_image "$log" "$debian"
    base_image "$log" "$sdk" || make_sdk_image "$log" "$debian" "$sdk"
}

base_image() {
    image_there "$2" && return 0
    say "Pulling $2"
    timeout 600 "$ENGINE" pull "$2" >>"$1" 2>&1 && return 0
    say "It can't be pulled ($(grep -v '^time=' "$1" | tail -n 1 | cut -c1-160)): making one"
    return 1
}

# make_debian_image LOG NAME:SUITE-slim: a minimal Debian that gets its packages the way this machine does.
make_debian_image() {
    local log=$1 name=$2 mirror suite=${2##*:}
    suite=${suite%-slim}
    mirror=$(debian_mirror) || die "$name can't be pulled, and this machine's package sources name no Debian mirror to make it from: set VOICEAI_DEBIAN_MIRROR to one."
    is_root || die "$name can't be pulled, and making it takes root rights: mend the pull (see $log) or run this as root."
    install_packages debootstrap debian-archive-keyring ca-certificates
    work=$(mktemp -d "$(state_dir containers)/base.XXXXXX")
    export -f say run_logged root_open make_debian_tree
    # shellcheck disable=SC2016
    in_namespace bash -c 'set -euo pipefail; SECONDS=$5; make_debian_tree "$1" "$2" "$3" "$4"' make "$work/root" "$suite" "$mirror" "$log" "$SECONDS" \
        || die "A Debian $suite could not be made: see $log."
    tar -C "$work/root" --numeric-owner -c . | run_logged_input "$log" "$ENGINE" import --change 'CMD ["bash"]' --change 'LABEL made-by=prove-compose' - "$name" || die "$ENGINE does not take the image: see $log."
    rm -rf --one-file-system -- "$work"
    work=''
}

# Runs as a child of its own, in its own mount namespace.
make_debian_tree() {
    local dir=$1 suite=$2 mirror=$3 log=$4 script=/usr/share/debootstrap/scripts/$2
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
    say "Unpacking a small Debian ($suite) with debootstrap"
    run_logged "$log" debootstrap --variant=minbase --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
        --include=ca-certificates "$suite" "$dir" "$mirror" "$script" || return 1
    root_open "$dir"
    umount "$dir/proc" 2>/dev/null || true
    # as this machine gets packages: proxy, own authorities; an index of a mirror that stands still counts as good
    echo 'Acquire::Check-Valid-Until "false";' >>"$dir/etc/apt/apt.conf.d/99host"
    rm -f -- "$dir/etc/dpkg/dpkg.cfg.d/unsafe-io" "$dir"/var/cache/apt/archives/*.deb
    rm -rf -- "$dir"/var/lib/apt/lists/* "$dir"/usr/share/man/* "$dir"/usr/share/locale/* "$dir"/usr/share/info/* "$dir"/usr/share/doc/*/changelog*
    cp -r -- /usr/local/share/ca-certificates/. "$dir/usr/local/share/ca-certificates/" 2>/dev/null || true
    cp -- /etc/ssl/certs/ca-certificates.crt "$dir/etc/ssl/certs/ca-certificates.crt"
}

# make_sdk_image LOG DEBIAN NAME: that Debian with this machine's SDK.
make_sdk_image() {
    local log=$1 debian=$2 name=$3 sdk
    sdk=$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")
    work=$(mktemp -d "$(state_dir containers)/base.XXXXXX")
    printf 'FROM %s\nCOPY . /usr/share/dotnet\nRUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet\n' "$debian" >"$work/Dockerfile"
    printf 'ENV %s\n' DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 NUGET_CERT_REVOCATION_MODE=offline >>"$work/Dockerfile"
    say "Making $name from this machine's .NET SDK"
    run_logged "$log" engine_build -t "$name" -f "$work/Dockerfile" "$sdk" \
        || die "The image $name could not be made: see $log."
    rm -rf -- "$work"
    work=''
}

# run_logged_input LOG COMMAND...: run_logged for a command that reads its input
run_logged_input() { local log=$1; shift; "$@" >>"$log" 2>&1; }
