#!/bin/sh
# Makes this checkout ready to start, and with --test ready to be tested. Run it as often as you like:
# what is done already is not done again.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
refuse() { printf '%s\n' "$*" >&2; exit 1; }

for_tests=no
case "${1-}" in
  '') ;;
  --test) for_tests=yes ;;
  *) refuse 'Usage: npm run setup [-- --test]' ;;
esac

hash_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}
node_major() { "$1" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

# --- packages -------------------------------------------------------------------------------------
command -v npm >/dev/null 2>&1 || refuse 'Install Node 24 with npm first: https://nodejs.org.'
[ "$(node_major node)" -ge 20 ] || refuse 'This Node is too old to set up with: install Node 24.'

packages_mark=node_modules/.caseroom-packages
packages_now=$(hash_of package-lock.json .npmrc)
if [ ! -f "$packages_mark" ] || [ "$(cat "$packages_mark")" != "$packages_now" ]; then
  say 'Installing the packages.'
  npm ci --no-fund --no-audit --loglevel=error
  printf '%s\n' "$packages_now" >"$packages_mark"
fi

PATH="$PWD/node_modules/.bin:$PATH"
export PATH
[ "$(node_major node)" -ge 24 ] || refuse \
  'Caseroom runs on Node 24, and npm has none for this kind of machine: install Node 24 yourself.'

# --- voice ----------------------------------------------------------------------------------------
sh infra/mediasoup-worker/set-up.sh || say \
  'Caseroom will run without voice and video. To mend it: infra/mediasoup-worker/README.md.'

# --- pages ----------------------------------------------------------------------------------------
pages_mark=.cache/pages
pages_now=$( (
  find client shared -type f ! -path 'client/dist/*' ! -name '*.test.*' -print
  printf '%s\n' vite.config.ts package-lock.json infra/compress-client.ts
) | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cat | hash_of)
if [ ! -f client/dist/index.html ] || [ ! -f "$pages_mark" ] ||
  [ "$(cat "$pages_mark")" != "$pages_now" ]; then
  say 'Building the pages.'
  vite build --logLevel warn
  node infra/compress-client.ts
  mkdir -p .cache
  printf '%s\n' "$pages_now" >"$pages_mark"
fi

# --- what only tests need -------------------------------------------------------------------------
debian_packages='chromium libegl1 libegl-mesa0 libgl1-mesa-dri libgles2 dcm2niix dcmtk dicom3tools libgdcm-tools python3-pydicom orthanc orthanc-dicomweb gcc libc6-dev postgresql redis-server nginx-light coturn'

missing_packages() {
  for name in $debian_packages; do
    state=$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null || true)
    [ "$state" = 'install ok installed' ] || printf '%s ' "$name"
  done
}

if [ "$for_tests" = yes ]; then
  command -v apt-get >/dev/null 2>&1 || refuse \
    "The tests need these Debian packages or their like, to be installed by hand: $debian_packages."
  missing=$(missing_packages)
  if [ -n "$missing" ]; then
    say "Installing for the tests: $missing"
    as_root=''
    if [ "$(id -u)" -ne 0 ]; then
      command -v sudo >/dev/null 2>&1 || refuse "As root, run: apt-get install $missing"
      as_root='sudo'
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086 # a list of names
    $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $missing
  fi
fi

say 'Ready.'
