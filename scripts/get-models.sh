#!/bin/bash
# Fetches speech models and the ONNX Runtime into .voiceai/models: every file of scripts/models.txt pinned by size and hash,
# whole or absent. An interrupted download goes on where it was.
#
#   scripts/get-models.sh             what calls need (marked * in the list), and what serves them better (marked +) where it can be had
#   scripts/get-models.sh NAME...     these models
#   scripts/get-models.sh --list      names, sizes, what is there, what each is for
#   scripts/get-models.sh --check     also compares the hashes of the files that are there; a wrong one is fetched again
#
# Sources, in this order: a folder (VOICEAI_MODEL_MIRROR, laid out like .voiceai/models, may also hold the packages'
# tarballs), the cache (VOICEAI_CACHE), then what the list says: packages (their clients, npm and pip, are installed from
# Debian when needed and missing) or the address where the model is published.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"
. "$here/lib/download.sh"

# The list, one fact a line: default|MODEL  recommended|MODEL  for|MODEL|TEXT  licence|MODEL|TEXT  file|MODEL|PATH|BYTES|HASH
# from|PATH|KIND|WHAT|WHAT  package|NAME|BYTES|HASH
manifest=${VOICEAI_MODEL_LIST:-$here/models.txt}
script=${VOICEAI_MODEL_SCRIPT:-$0}
[ -r "$manifest" ] || die "The list of models $manifest can't be read: correct or unset VOICEAI_MODEL_LIST."
facts=$(awk '
    /^ *(#|$)/ { next }
    { text = $0; sub(/^ *[a-z]+ */, "", text) }
    $1 == "model" { model = $2; print "model|" model; next }
    $1 == "default" || $1 == "recommended" { print $1 "|" model; next }
    $1 == "for" || $1 == "licence" { print $1 "|" model "|" text; next }
    $1 == "file" { path = $2; print "file|" model "|" path "|" $3 "|" $4; next }
    $1 == "from" { print "from|" path "|" $2 "|" $3 "|" $4 "|" $5; next }
    $1 == "package" { print "package|" $2 "|" $3 "|" $4; next }
    { print "unknown|" NR ": " $1 }' "$manifest")
if unknown=$(grep -m 1 '^unknown' <<<"$facts"); then die "$manifest, line ${unknown#*|}: not a word of this list."; fi

# facts KEY SUBJECT: the facts of that kind about SUBJECT, without these two columns
facts() { awk -F'|' -v key="$1" -v subject="$2" '$1 == key && $2 == subject { sub(/^[^|]*\|[^|]*\|?/, ""); print }' <<<"$facts"; }

models() { awk -F'|' '$1 == "model" { print $2 }' <<<"$facts"; }
are() { awk -F'|' -v key="$1" '$1 == key { print $2 }' <<<"$facts"; }
is() { grep -qxF "$1|$2" <<<"$facts"; }

target=$VOICEAI_STATE/models
mirror=${VOICEAI_MODEL_MIRROR:-}
check=no list=no
wanted=()
for argument; do
    case "$argument" in
        --list) list=yes ;;
        --check) check=yes ;;
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        -*) die "Unknown option $argument: see $script --help." ;;
        *) grep -qxF "model|$argument" <<<"$facts" || die "There is no model named $argument: see $script --list."
           wanted+=("$argument") ;;
    esac
done

# versions PATH BYTES HASH: the sizes and hashes that the file may have: conversions differ by source
versions() {
    printf '%s %s\n' "$2" "$3"
    facts from "$1" | awk -F'|' '$1 ~ /^https?:/ && $3 != "" { print $2, $3 }'
}

# is_version FILE PATH BYTES HASH: whether FILE is one of them
is_version() {
    local bytes hash
    while read -r bytes hash; do
        if size_is "$1" "$bytes" && hash_is "$1" "$hash"; then return 0; fi
    done < <(versions "$2" "$3" "$4")
    return 1
}

# there PATH BYTES HASH: whether the file is there; its hash is compared only with --check
there() {
    local bytes
    if [ "$check" = yes ]; then is_version "$target/$1" "$@"; return; fi
    while read -r bytes _; do
        if size_is "$target/$1" "$bytes"; then return 0; fi
    done < <(versions "$@")
    return 1
}

print_list() {
    local name bytes state path size hash mark
    printf '%-18s %7s  %-8s %s\n' NAME MiB STATE 'WHAT FOR; LICENCE'
    while read -r name; do
        bytes=0 state=here mark=
        is default "$name" && mark='*'
        is recommended "$name" && mark='+'
        while IFS='|' read -r path size hash; do
            bytes=$((bytes + size))
            there "$path" "$size" "$hash" || state=missing
        done < <(facts file "$name")
        printf '%-18s %7s  %-8s %s; %s\n' "$name$mark" "$(mib "$bytes")" "$state" "$(facts for "$name")" "$(facts licence "$name")"
    done < <(models)
}

work=
clean_up() { [ -z "$work" ] || rm -rf -- "$work"; }

# tarball_of NPM-PACKAGE: the name that npm pack gives its file
tarball_of() { local name=${1#@}; name=${name/@/-}; printf '%s.tgz\n' "${name//\//-}"; }

# fetch_npm PACKAGE: sets REPLY to its tarball, from folder, cache or registry
fetch_npm() {
    local package=$1 bytes hash name cached
    IFS='|' read -r bytes hash < <(facts package "$package")
    [ -n "${hash:-}" ] || die "$manifest does not pin the package $package: add a line 'package $package BYTES HASH'."
    name=$(tarball_of "$package")
    cached=$VOICEAI_CACHE/npm/$name
    for REPLY in ${mirror:+"$mirror/$name"} "$cached" "$work/$name"; do
        [ -f "$REPLY" ] || continue
        hash_is "$REPLY" "$hash" && return 0
        say "$REPLY is not what it should be and is ignored"
    done
    have npm || install_packages npm
    mkdir -p -- "$work/pack" "$work/npm"
    if ! (cd "$work/pack" && with_progress "$package" "$work/npm" "$bytes" \
        run_logged "$work/npm.log" npm pack --silent --ignore-scripts --fetch-retries=3 --cache "$work/npm" "$package"); then
        say "The npm package $package can't be fetched: make 'npm view $package' work (network, registry, proxy)"
        return 1
    fi
    hash_is "$work/pack/$name" "$hash" \
        || die "The npm package $package is not the pinned one (its hash differs): don't use it, and report it."
    if mkdir -p -- "$VOICEAI_CACHE/npm" 2>/dev/null && cp -- "$work/pack/$name" "$cached.part.$$" 2>/dev/null; then
        mv -f -- "$cached.part.$$" "$cached"
    else
        rm -f -- "$cached.part.$$"
    fi
    mv -f -- "$work/pack/$name" "$work/$name"
    REPLY=$work/$name
}

# fetch_wheel PACKAGE: sets REPLY to the wheel
fetch_wheel() {
    local package=$1
    have pip3 || install_packages python3-pip
    mkdir -p -- "$work/wheels"
    say "Fetching $package"
    run_logged "$work/pip-${package%%==*}.log" pip3 download --quiet --retries 1 --timeout 20 --no-deps --only-binary :all: --ignore-requires-python --dest "$work/wheels" "$package" \
        || { say "The Python package $package can't be fetched: make 'pip3 download $package' work (network, registry, proxy)"; return 1; }
    REPLY=$(find "$work/wheels" -name "$(printf '%s' "${package%%==*}" | tr '-' '_')-*.whl" -print -quit)
    [ -n "$REPLY" ]
}

# The vocabulary in llama-tokenizer.js is one base64 text with a token a line. Ours: base64 of the token's bytes, space,
# id; after it the 768 time marks that Moonshine adds.
token_table() {
    LC_ALL=C grep -aoP "llama_vocab_base64\s*=\s*[\`\"']\K[A-Za-z0-9+/=]+" | base64 -d | PERL_UNICODE=0 perl -e '
        sub encode {
            my $text = pack "u", $_[0];
            $text =~ s/^.//mg; $text =~ s/\n//g; $text =~ tr|` -_|AA-Za-z0-9+/|;
            my $pad = (3 - length($_[0]) % 3) % 3;
            substr($text, -$pad) = "=" x $pad if $pad;
            return $text;
        }
        my $id = 0;
        while (<STDIN>) { chomp; s/^<0x([0-9A-F]{2})>$/chr hex $1/e; print encode($_), " ", $id++, "\n" }
        print encode("<<ST_$_>>"), " ", $id++, "\n" for 0 .. 767;'
}

# fetch_from PART BYTES HASH KIND WHAT WHAT ...: one source into PART; fails when it has nothing or something else.
fetch_from() {
    local part=$1 bytes=$2 hash=$3 kind=$4
    case "$kind" in
        npm)
            fetch_npm "$5" || return 1
            if [ "${7:-}" = token-table ]; then
                tar -xOzf "$REPLY" "package/$6" | token_table >"$part"
            else
                tar -xOzf "$REPLY" "package/$6" >"$part"
            fi ;;
        pypi)
            fetch_wheel "$5" || return 1
            python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$REPLY" "$6" >"$part" || return 1 ;;
        http://* | https://*)
            bytes=${5:-$bytes} hash=${6:-$hash}
            if ! fetch_url "$kind" "$part" "$bytes" "$work/curl.log"; then
                say "$kind can't be fetched: $(tail -n 1 "$work/curl.log" 2>/dev/null)"
                return 1
            fi ;;
        *) die "$manifest: there is no source of the kind '$kind'." ;;
    esac
    if ! size_is "$part" "$bytes" || ! hash_is "$part" "$hash"; then
        rm -f -- "$part"
        say "What $kind ${5:-} gave is not the pinned file (its hash differs) and is thrown away"
        return 1
    fi
}

# fetch_file PATH BYTES HASH
fetch_file() {
    local path=$1 bytes=$2 hash=$3 part source columns
    mkdir -p -- "$(dirname "$target/$path")" "$target/.parts"
    part=$target/.parts/${path//\//-}                # kept over an interruption, so that a download can go on
    if [ -n "$mirror" ] && [ -f "$mirror/$path" ]; then
        if is_version "$mirror/$path" "$@" && install -m 644 -- "$mirror/$path" "$work/part"; then
            mv -f -- "$work/part" "$target/$path"
            return 0
        fi
        say "$mirror/$path is not what it should be and is ignored"
    fi
    while IFS= read -r source <&3; do
        IFS='|' read -ra columns <<<"$source"
        if fetch_from "$part" "$bytes" "$hash" "${columns[@]}"; then
            mv -f -- "$part" "$target/$path"
            return 0
        fi
    done 3< <(facts from "$path")
    say "$path could not be had from any source: see above, or put it ($bytes bytes, $hash) into a folder and name that in VOICEAI_MODEL_MIRROR."
    return 1
}

if [ "$list" = yes ]; then print_list; exit 0; fi
if [ "${#wanted[@]}" -eq 0 ]; then mapfile -t wanted < <(are default; are recommended); needed=$(are default); else needed=$(printf '%s\n' "${wanted[@]}"); fi
if [ -n "$mirror" ]; then
    [ -d "$mirror" ] || die "VOICEAI_MODEL_MIRROR names $mirror, which is no folder: correct or unset it."
    mirror=$(realpath -- "$mirror")
fi

# missing_files MODEL: its files that are not there
missing_files() {
    local path bytes hash
    while IFS='|' read -r path bytes hash; do
        there "$path" "$bytes" "$hash" || printf '%s|%s|%s\n' "$path" "$bytes" "$hash"
    done < <(facts file "$1")
}

absent=$(for name in "${wanted[@]}"; do missing_files "$name"; done)
if [ -z "$absent" ]; then say "Models are there: ${wanted[*]}"; exit 0; fi

case "$absent" in *libonnxruntime*) require_x64 ;; esac
if ! have npm && ! is_root; then
    while IFS='|' read -r path _; do
        IFS='|' read -r kind package _ < <(facts from "$path") || true
        # only what neither the folder nor the cache holds needs npm
        [ "$kind" != npm ] || [ -f "$mirror/$path" ] || [ -f "$mirror/$(tarball_of "$package")" ] \
            || [ -f "$VOICEAI_CACHE/npm/$(tarball_of "$package")" ] || require_installable npm
    done <<<"$absent"
fi
lock models
mkdir -p -- "$target"
for old in "$target"/.part.*; do rm -rf -- "$old"; done      # of an interrupted run; the lock says nobody uses it
work=$(mktemp -d "$target/.part.XXXXXX")
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# fetch_model NAME: all of its files that are missing
fetch_model() {
    local absent path bytes hash
    absent=$(missing_files "$1")
    [ -n "$absent" ] || return 0
    while IFS='|' read -r path bytes hash <&4; do
        fetch_file "$path" "$bytes" "$hash" || return 1
    done 4<<<"$absent"
    say "$1 is there: $(facts for "$1"); $(facts licence "$1")"
}

for name in "${wanted[@]}"; do
    # apart, so that what can't be fetched does not end the others
    (fetch_model "$name") && continue
    if grep -qxF "$name" <<<"$needed"; then die "$name could not be fetched: see above."; fi
    say "Going on without $name ($(facts for "$name")): calls work, not as well. '$script $name' tries again"
done
rmdir -- "$target/.parts" 2>/dev/null || true
