#!/usr/bin/env bash
# Builds mediasoup's worker from the sources in its npm package with the compiler and libraries of
# Debian 12 or a derivative, and keeps it in a cache. Nothing is fetched but Debian packages.
#
#   build.sh            prints the path of the binary, building it where the cache has none
#   build.sh --cached   prints it only where the cache has it
#   build.sh --force    builds it anew: after an update of OpenSSL, which is linked in
#
# MEDIASOUP_WORKER_CACHE is the cache (~/.cache/mediasoup-worker); JOBS how many compilers run at
# once (one per core). What it does is told on standard error.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
package=$here/../../node_modules/mediasoup
packages=(build-essential cmake ninja-build dpkg-dev xz-utils
  flatbuffers-compiler libflatbuffers-dev libuv1-dev libssl-dev libabsl-dev)

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }

wanted=${1-}
case $wanted in
  '' | --cached | --force) ;;
  *) refuse 'Usage: build.sh [--cached | --force]' ;;
esac

# --- the cache ------------------------------------------------------------------------------------
# By version, and by what the recipe says: a changed recipe builds anew.
version=$(sed -n 's/^[[:space:]]*"version":[[:space:]]*"\([^"]*\)".*/\1/p' "$package/package.json" | head -n 1)
[[ -n $version ]] || refuse 'mediasoup is not installed: run npm run setup.'
cache=${MEDIASOUP_WORKER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mediasoup-worker}/$version
bin=$cache/mediasoup-worker
recipe=$({
  cat "$here"/{build.sh,CMakeLists.txt,shim/srtp.h,shim/ankerl/unordered_dense.h}
  uname -m
} | sha256sum | cut -d ' ' -f 1)

# Started without the environment that mediasoup gives it, a worker that can run ends with 41.
runs() {
  local status=0
  env -i "$1" >/dev/null 2>&1 || status=$?
  [[ $status == 41 ]]
}
cached() {
  [[ -f $cache/recipe.sha256 && $(<"$cache/recipe.sha256") == "$recipe" ]] && runs "$bin"
}

if [[ $wanted == --cached ]]; then
  if cached; then printf '%s\n' "$bin"; fi
  exit 0
fi

if [[ $(uname -s) != Linux ]] || ! command -v apt-get >/dev/null; then
  refuse 'The media worker can be built on Debian and its derivatives only.'
fi

mkdir -p "$cache"
exec 9>"$cache/lock" # one build at a time; whoever waited finds it done
flock 9
if [[ $wanted != --force ]] && cached; then
  printf '%s\n' "$bin"
  exit 0
fi

# --- Debian's packages ----------------------------------------------------------------------------
missing=()
for name in "${packages[@]}"; do
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
done
as_root=()
if [[ $(id -u) != 0 ]]; then
  as_root=(sudo)
  if ((${#missing[@]})) && ! command -v sudo >/dev/null; then
    refuse "To build the media worker, run as root: apt-get update && apt-get install ${missing[*]}"
  fi
fi
if ((${#missing[@]})); then
  say "Installing for the media worker: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 9>&-
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 9>&-
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/mediasoup-worker.XXXXXX")
trap 'rm -rf "$work"' EXIT
jobs=${JOBS:-$(nproc)}
quietly() { # quietly NAME COMMAND…: its output is shown where it fails
  local log=$work/$1.log
  shift
  nice "$@" >"$log" 2>&1 9>&- || { tail -n 60 "$log" >&2; refuse "This failed: $*"; }
}

# --- mediasoup's sources --------------------------------------------------------------------------
cp -R "$package/worker" "$work/worker" # the installed package stays as it is

# The callback on the output BIO answers 1 to every operation but a plain BIO_CB_RETURN, which never
# comes alone: so OpenSSL hears yes when it asks whether the kernel does TLS for that BIO. An OpenSSL
# with kernel TLS, as Debian's is, then allocates no write buffer, and the worker crashes in the
# first handshake. BIO_CB_RETURN is a flag, and is tested as one.
dtls=$work/worker/src/RTC/DtlsTransport.cpp
if grep -q '(operationType == BIO_CB_RETURN) ?' "$dtls"; then
  sed -i 's/(operationType == BIO_CB_RETURN) ?/((operationType \& BIO_CB_RETURN) != 0) ?/' "$dtls"
elif ! grep -q 'operationType & BIO_CB_RETURN' "$dtls"; then
  refuse "onSslBioOut in DtlsTransport.cpp of mediasoup $version is not as expected: look at this recipe again."
fi

# --- libsrtp 2 with OpenSSL, from Debian's source package -----------------------------------------
# Debian's binary does its cryptography with NSS, which cannot be linked in. The source comes from
# where apt has its packages from, with lists of its own: those of the machine stay untouched.
apt=$work/apt
mkdir -p "$apt"/{parts,lists/partial,cache/archives/partial,srtp}
targets() { apt-get indextargets --format "$1" 2>/dev/null; }
if [[ -z $(targets '$(ORIGIN)') ]]; then
  "${as_root[@]}" apt-get update -qq >&2 9>&- # an image without lists
fi
targets '$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)' |
  awk -F '|' '$1 == "Packages" && $4 == "main" && ($5 == "Debian" || $5 == "Ubuntu") {
    print "deb-src [signed-by=/usr/share/keyrings/" tolower($5) "-archive-keyring.gpg] " $2 " " $3 " " $4 }' |
  LC_ALL=C sort -u >"$apt/parts/source.list"
[[ -s $apt/parts/source.list ]] || refuse 'apt has no lists of packages: run apt-get update.'
apt_source=(apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$apt/parts"
  -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o APT::Sandbox::User=root)
quietly apt-update "${apt_source[@]}" update
(cd "$apt/srtp" && quietly apt-source "${apt_source[@]}" source libsrtp2)
srtp=$(find "$apt/srtp" -mindepth 1 -maxdepth 1 -type d)
(
  cd "$srtp"
  export CFLAGS='-O3 -fPIC'
  quietly srtp-configure ./configure --prefix="$work/srtp" --enable-openssl --disable-stdout --disable-debug
  quietly srtp-make make -j "$jobs" libsrtp2.a
  quietly srtp-install make install
)

# --- the worker -----------------------------------------------------------------------------------
quietly configure cmake -S "$here" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DMS_SOURCE="$work/worker" -DSRTP_PREFIX="$work/srtp"
quietly build cmake --build "$work/build" --parallel "$jobs"
runs "$work/build/mediasoup-worker" || refuse 'The media worker was built and does not run.'

cp "$work/build/mediasoup-worker" "$bin.new"
mv "$bin.new" "$bin"
printf '%s\n' "$recipe" >"$cache/recipe.sha256"
printf '%s\n' "$bin"
