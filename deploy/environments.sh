#!/usr/bin/env bash
# Builds the two Python environments: .venv (the service, Python 3.11 or later) and .venv-rasa (Rasa, Python 3.10).
# Usage: deploy/environments.sh service | tests | rasa
# A stamp holds the lock file's checksum, so that a second call with nothing changed costs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }
stop() { say "Cannot go on: $*"; exit 1; }

works() { "$1" -c 'import sys' >/dev/null 2>&1; }
version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }

bootstrap_uv() {
  [ -x .tools/bin/uv ] && [ "$(cat .tools/stamp 2>/dev/null)" = "$(sha256sum < requirements/uv.txt)" ] && return
  works python3 || stop "python3 was not found. On Debian: apt-get install python3 python3-venv"
  say "Fetching uv, which builds the environments ..."
  rm -rf .tools
  if python3 -m venv .tools >/dev/null 2>&1; then
    .tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
  elif python3 -m pip --version >/dev/null 2>&1; then
    python3 -m pip install --quiet --disable-pip-version-check --require-hashes --prefix .tools -r requirements/uv.txt
    [ -x .tools/bin/uv ] || mv .tools/local/bin .tools/bin   # Debian's pip adds "local"
  else
    stop "python3 has neither venv nor pip. On Debian: apt-get install python3-venv"
  fi
  sha256sum < requirements/uv.txt > .tools/stamp
}

# The service runs on the oldest Python from 3.11 on that is there, because the lock file was made for 3.11.
service_python() {
  local candidate
  for candidate in python3.11 "$HOME"/.pyenv/versions/3.11.*/bin/python python3.12 "$HOME"/.pyenv/versions/3.12.*/bin/python \
      python3.13 "$HOME"/.pyenv/versions/3.13.*/bin/python python3; do
    case "$(version_of "$candidate")" in 3.11|3.12|3.13) command -v "$candidate"; return;; esac
  done
  stop "the service needs Python 3.11, 3.12 or 3.13; python3 here is $(version_of python3). On Debian 12: apt-get install python3"
}

# Rasa 3.6 runs on Python 3.10 at most. Where none is found, uv fetches one
# (that last path needs the network to reach uv's own downloads; it has not been proved on a closed network).
rasa_python() {
  local candidate
  for candidate in python3.10 "$HOME"/.pyenv/versions/3.10.*/bin/python "${PYENV_ROOT:-/opt/pyenv}"/versions/3.10.*/bin/python; do
    [ "$(version_of "$candidate")" = 3.10 ] && { command -v "$candidate"; return; }
  done
  say "Python 3.10 was not found; asking uv to fetch it ..."
  .tools/bin/uv python install 3.10 >&2 || stop "Rasa needs Python 3.10, and uv could not fetch it.
  Install it (pyenv install 3.10, or your system's python3.10 with its venv) and run the same command again."
  .tools/bin/uv python find 3.10
}

build() { # folder, lock file, function that finds the Python
  local folder=$1 lock=$2 find_python=$3 wanted python
  wanted="$lock $(sha256sum < "$lock")"
  grep -qxF "$wanted" "$folder/stamps" 2>/dev/null && return
  bootstrap_uv
  if [ ! -x "$folder/bin/python" ]; then
    python=$("$find_python")
    say "Making $folder with $python ..."
    .tools/bin/uv venv --quiet --python "$python" "$folder"
  fi
  say "Installing $lock into $folder (a few minutes the first time) ..."
  # Compiled now: where Python may not write bytecode, every start would compile two thousand files again.
  .tools/bin/uv pip install --python "$folder/bin/python" --require-hashes --no-deps --compile-bytecode -r "$lock"
  touch "$folder/stamps"
  grep -vF "$lock " "$folder/stamps" > "$folder/stamps.new" || true
  printf '%s\n' "$wanted" >> "$folder/stamps.new"
  mv "$folder/stamps.new" "$folder/stamps"
}

# Styles and scripts: npm's packages by their hashes, with the Node.js that came as a Python package.
front_end() { # folder, what npm is told besides
  local folder=$1 wanted
  shift
  wanted=$(cd "$folder" && find . -type f -not -path './node_modules/*' -not -path './built/*' -print0 | sort -z | xargs -0 cat | sha256sum)
  [ "$(cat "$folder/built/stamp" 2>/dev/null)" = "$wanted" ] && return
  say "Building $folder ..."
  (
    PATH="$PWD/.venv/bin:$PATH"
    cd "$folder"
    npm ci "$@" --prefer-offline --silent
    npm run --silent build
  )
  printf '%s\n' "$wanted" > "$folder/built/stamp"
}

front_ends() {
  front_end webhook/staff/frontend --omit=optional
  front_end webhook/public/frontend   # esbuild's program for this machine is an optional package
}

# A real OpenID Connect provider for the tests of signing in.
provider() {
  local folder=tests/webhook/staff/provider wanted
  wanted=$(sha256sum < "$folder/package-lock.json")
  [ "$(cat "$folder/node_modules/stamp" 2>/dev/null)" = "$wanted" ] && return
  say "Installing the tests' OpenID Connect provider ..."
  (PATH="$PWD/.venv/bin:$PATH"; cd "$folder"; npm ci --prefer-offline --silent)
  printf '%s\n' "$wanted" > "$folder/node_modules/stamp"
}

case "${1:-}" in
  service) build .venv requirements/service.txt service_python; front_ends ;;
  tests)   build .venv requirements/service.txt service_python; build .venv requirements/dev.txt service_python; front_ends; provider ;;
  rasa)    build .venv-rasa requirements/bot.txt rasa_python ;;
  *)       stop "say which environment: service, tests or rasa" ;;
esac
