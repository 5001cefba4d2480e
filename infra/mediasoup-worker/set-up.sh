#!/bin/sh
# Sees to it that mediasoup's worker runs here; what it finds done is not done again:
#   1. MEDIASOUP_WORKER_BIN, where it is set: it must run, and nothing else is looked at;
#   2. the binary where mediasoup looks for it;
#   3. the one that build.sh made earlier, as `npm ci` takes the second away;
#   4. mediasoup's own script, which downloads it, where its release server answers;
#   5. build.sh: from the npm package's sources, some minutes.
# Ends with 1, having said why in words, where there is none.
set -eu
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*" >&2; }
package=$PWD/node_modules/mediasoup
bin=$package/worker/out/Release/mediasoup-worker
releases=${MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL:-https://github.com/versatica/mediasoup/releases/download}

# Started without the environment that mediasoup gives it, a worker that can run ends with 41.
runs() {
  status=0
  env -i "$1" >/dev/null 2>&1 || status=$?
  [ "$status" -eq 41 ]
}

put() {
  mkdir -p "$(dirname "$bin")"
  cp "$1" "$bin.new"
  mv "$bin.new" "$bin"
}

if [ -n "${MEDIASOUP_WORKER_BIN-}" ]; then
  runs "$MEDIASOUP_WORKER_BIN" && exit 0
  say "MEDIASOUP_WORKER_BIN does not name a media worker that runs here: $MEDIASOUP_WORKER_BIN."
  exit 1
fi
if runs "$bin"; then exit 0; fi

cached=$(bash infra/mediasoup-worker/build.sh --cached)
if [ -n "$cached" ]; then
  put "$cached"
  exit 0
fi

answers() {
  node -e 'fetch(process.argv[1], { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(5000) })
    .then(() => process.exit(0), () => process.exit(1))' "$1"
}
if answers "$releases"; then
  say 'Downloading the media worker.'
  # without Python it stops where it would begin a build of its own, which downloads far more
  (cd "$package" && PYTHON=false timeout 180 node npm-scripts.mjs postinstall) >/dev/null 2>&1 || true
  if runs "$bin"; then exit 0; fi
fi

say 'Building the media worker: some minutes, this once.'
built=$(bash infra/mediasoup-worker/build.sh) || exit 1
put "$built"
runs "$bin" || exit 1
