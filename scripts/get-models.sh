#!/bin/bash
# Fetches the speech models and the ONNX Runtime into .voiceai/models: every file pinned by size and sha256, whole or absent.
#
#   scripts/get-models.sh             the default set (marked * in the list)
#   scripts/get-models.sh NAME...     these models
#   scripts/get-models.sh --list      names, sizes, what is there, licences
#   scripts/get-models.sh --check     also compares the sha256 of the files that are there; a wrong one is fetched again
#
# Sources, in this order: a folder (VOICEAI_MODEL_MIRROR, laid out like .voiceai/models, may also hold the packages'
# tarballs), the cache (VOICEAI_CACHE), npm packages (npm is installed from Debian when it is needed and missing).
# Models marked "folder only" are in no package: put them into a folder and name it in VOICEAI_MODEL_MIRROR.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
. "$here/lib/common.sh"
. "$here/lib/platform.sh"

# name | in the default set | licence
models='
moonshine-base   | * | MIT (Useful Sensors); English speech recognition, the more accurate one
moonshine-tiny   | * | MIT (Useful Sensors); English speech recognition, the quicker one
moonshine-tokens | * | MIT (llama-tokenizer-js); the vocabulary of both
silero-v5        | * | MIT (Silero Team; packaged under ISC); voice activity
onnxruntime      | * | MIT (Microsoft; packaged by sherpa-onnx, Apache-2.0); ONNX Runtime 1.28.2 for Linux x86_64
whisper-tiny.en  |   | MIT (OpenAI); Whisper tiny.en, 8 bit, for whisper.cpp; folder only
whisper-base     |   | MIT (OpenAI); Whisper base, many languages, 5 bit, for whisper.cpp; folder only
minilm           |   | Apache-2.0 (sentence-transformers all-MiniLM-L6-v2, changed: quantised); sentence meaning; folder only
smart-turn       |   | BSD-2-Clause (Daily); whether a caller has finished; folder only
'

# name | file below .voiceai/models | bytes | sha256 | package or - | file in the package
files='
moonshine-base|moonshine/base/encoder_model.onnx|20513063|1dd9ab0a7f987113d30affcba5a068d11c8f90fa0223caa3e491ade431ad9751|@usefulsensors/moonshine-js@0.1.4|dist/model/base/quantized/encoder_model.onnx
moonshine-base|moonshine/base/decoder_model_merged.onnx|42498870|cc9f3cd6698a369c6008b41aa60aa3fb3322e7f03c9bdf19d8e6b7200afca4f3|@usefulsensors/moonshine-js@0.1.4|dist/model/base/quantized/decoder_model_merged.onnx
moonshine-tiny|moonshine/tiny/encoder_model.onnx|7937661|c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a|@usefulsensors/moonshine-js@0.1.4|dist/model/tiny/quantized/encoder_model.onnx
moonshine-tiny|moonshine/tiny/decoder_model_merged.onnx|20243286|eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367|@usefulsensors/moonshine-js@0.1.4|dist/model/tiny/quantized/decoder_model_merged.onnx
moonshine-tokens|moonshine/tokens.txt|549354|c9c3699b5683d821681c0e61df25b765c7e7a5caaebba0b50437ca0488cb0cfa|llama-tokenizer-js@1.2.2|llama-tokenizer.js
silero-v5|silero/silero_vad_v5.onnx|2327524|2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f|@ricky0123/vad-web@0.0.31|dist/silero_vad_v5.onnx
onnxruntime|onnxruntime/libonnxruntime.so|27026609|4b3607aebd1784b26b6f9b20e4bd974c7ab8287043e4d095cb7d2cb40b5e566e|sherpa-onnx-linux-x64@1.13.8|libonnxruntime.so
whisper-tiny.en|whisper/ggml-tiny.en-q8_0.bin|43550795|61e9a0e72b4561f999906d79ed8f98e1e724c86130bb429a4f9fd9cb562d0b78|-|-
whisper-base|whisper/ggml-base-q5_1.bin|59707625|ee4332cc5b3f700877fc8d00730b9c7a464a1265188d821bfc09e55d6dc5163c|-|-
minilm|minilm/model.onnx|22928619|8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6|-|-
minilm|minilm/vocab.txt|231508|07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3|-|-
smart-turn|smart-turn/smart-turn-v3.2-cpu.onnx|8679182|2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f|-|-
'

# package | bytes | sha256 of the tarball
packages='
@usefulsensors/moonshine-js@0.1.4|73015166|f2e3e93f5dac0ebb42a6aa0dd41687d3ffc35dc9ea7704cec3e61e6f5e0350c4
llama-tokenizer-js@1.2.2|388950|ee83014ac8b379b16cf8d81e99ffcdb23dfade8c0d2e751bd06e7dc0b8476e72
@ricky0123/vad-web@0.0.31|5471324|d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940
sherpa-onnx-linux-x64@1.13.8|11089653|13291bcd825da5858ca27a35443e9a2c229a40616c0910086de2db12c5c9312c
'

target=$VOICEAI_STATE/models
mirror=${VOICEAI_MODEL_MIRROR:-}
check=no list=no
wanted=()
for argument; do
    case "$argument" in
        --list) list=yes ;;
        --check) check=yes ;;
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        -*) die "Unknown option $argument: see $0 --help." ;;
        *) grep -q "^$argument " <<<"$models" || die "There is no model named $argument: see $0 --list."
           wanted+=("$argument") ;;
    esac
done

# size_is FILE BYTES
size_is() { [ -f "$1" ] && [ "$(stat -c %s -- "$1")" = "$2" ]; }

# there FILE BYTES SHA256: whether the file is there; its sha256 is compared only with --check
there() {
    size_is "$1" "$2" || return 1
    [ "$check" = no ] || sha256_is "$1" "$3"
}

# each MODEL: the lines of the table for it
each() { awk -F'|' -v name="$1" '$1 == name' <<<"$files"; }

mib() { awk -v bytes="$1" 'BEGIN { printf (bytes < 1048576 ? "%.1f" : "%.0f"), bytes / 1048576 }'; }

print_list() {
    local name default licence bytes state path size sha
    printf '%-17s %9s  %-8s %s\n' NAME MIB STATE LICENCE
    while IFS='|' read -r name default licence; do
        name=${name// /} default=${default// /}
        [ -n "$name" ] || continue
        bytes=0 state=here
        while IFS='|' read -r _ path size sha _; do
            bytes=$((bytes + size))
            there "$target/$path" "$size" "$sha" || state=missing
        done < <(each "$name")
        printf '%-17s %9s  %-8s%s\n' "$name$default" "$(mib "$bytes")" "$state" "$licence"
    done <<<"$models"
}

work=
clean_up() { [ -z "$work" ] || rm -rf -- "$work"; }

# fetch_package PACKAGE: sets REPLY to its tarball, from folder, cache or npm
fetch_package() {
    local package=$1 bytes sha name cached
    IFS='|' read -r _ bytes sha < <(awk -F'|' -v name="$package" '$1 == name' <<<"$packages")
    name=${package#@}; name=${name/@/-}; name=${name//\//-}.tgz
    cached=$VOICEAI_CACHE/npm/$name
    for REPLY in ${mirror:+"$mirror/$name"} "$cached" "$work/$name"; do
        [ -f "$REPLY" ] || continue
        sha256_is "$REPLY" "$sha" && return 0
        say "$REPLY is not what it should be and is ignored"
    done
    have npm || install_packages npm
    say "Fetching $package ($(mib "$bytes") MiB)"
    mkdir -p -- "$work/pack"
    (cd "$work/pack" && run_logged "$work/npm.log" npm pack --silent --ignore-scripts --fetch-retries=3 "$package") \
        || die "The npm package $package can't be fetched: make 'npm view $package' work (network, registry, proxy) and start again."
    sha256_is "$work/pack/$name" "$sha" \
        || die "The npm package $package is not the pinned one (its sha256 differs): don't use it, and report it."
    if mkdir -p -- "$VOICEAI_CACHE/npm" 2>/dev/null && cp -- "$work/pack/$name" "$cached.part.$$" 2>/dev/null; then
        mv -f -- "$cached.part.$$" "$cached"
    else
        rm -f -- "$cached.part.$$"
    fi
    mv -f -- "$work/pack/$name" "$work/$name"
    REPLY=$work/$name
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

# fetch_file PATH BYTES SHA256 PACKAGE MEMBER
fetch_file() {
    local path=$1 bytes=$2 sha=$3 package=$4 member=$5 part
    mkdir -p -- "$(dirname "$target/$path")"
    part=$work/part
    if [ -n "$mirror" ] && size_is "$mirror/$path" "$bytes"; then
        cp -- "$mirror/$path" "$part"
        if sha256_is "$part" "$sha"; then mv -f -- "$part" "$target/$path"; return 0; fi
        say "$mirror/$path is not what it should be and is ignored"
    fi
    if [ "$package" = - ]; then
        die "$path is in no package: put it ($bytes bytes, sha256 $sha) into a folder and name that in VOICEAI_MODEL_MIRROR."
    fi
    fetch_package "$package"
    if [ "$path" = moonshine/tokens.txt ]; then
        tar -xOzf "$REPLY" "package/$member" | token_table >"$part"
    else
        tar -xOzf "$REPLY" "package/$member" >"$part"
    fi
    sha256_is "$part" "$sha" || die "$path out of $package is not the pinned file (its sha256 differs): report it."
    mv -f -- "$part" "$target/$path"
}

if [ "$list" = yes ]; then print_list; exit 0; fi
if [ "${#wanted[@]}" -eq 0 ]; then mapfile -t wanted < <(awk -F'|' '$2 ~ /\*/ { gsub(/ /, "", $1); print $1 }' <<<"$models"); fi
if [ -n "$mirror" ]; then
    [ -d "$mirror" ] || die "VOICEAI_MODEL_MIRROR names $mirror, which is no folder: correct or unset it."
    mirror=$(realpath -- "$mirror")
fi

# missing_files MODEL: the lines of the table whose file is not there
missing_files() {
    local line path bytes sha
    while IFS= read -r line; do
        IFS='|' read -r _ path bytes sha _ <<<"$line"
        there "$target/$path" "$bytes" "$sha" || printf '%s\n' "$line"
    done < <(each "$1")
}

absent=$(for name in "${wanted[@]}"; do missing_files "$name"; done)
if [ -z "$absent" ]; then say "Models are there: ${wanted[*]}"; exit 0; fi

case "$absent" in *libonnxruntime*) require_x64 ;; esac
if ! have npm && ! is_root; then
    while IFS='|' read -r _ path bytes _ package _; do
        # only what neither the folder nor the cache holds needs npm
        name=${package#@}; name=${name/@/-}; name=${name//\//-}.tgz
        [ "$package" = - ] || [ -f "$mirror/$path" ] || [ -f "$mirror/$name" ] || [ -f "$VOICEAI_CACHE/npm/$name" ] || require_installable npm
    done <<<"$absent"
fi
lock models
mkdir -p -- "$target"
for old in "$target"/.part.*; do rm -rf -- "$old"; done      # of an interrupted run; the lock says nobody uses it
work=$(mktemp -d "$target/.part.XXXXXX")
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

for name in "${wanted[@]}"; do
    absent=$(missing_files "$name")
    [ -n "$absent" ] || continue
    while IFS='|' read -r _ path bytes sha package member; do
        fetch_file "$path" "$bytes" "$sha" "$package" "$member"
    done <<<"$absent"
    say "$name is there:$(awk -F'|' -v name="$name" '{ key = $1; gsub(/ /, "", key) } key == name { print $3 }' <<<"$models")"
done
