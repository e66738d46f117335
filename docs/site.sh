#!/usr/bin/env bash
# Builds the site of these pages into target/site, or serves it while they are written: docs/site.sh serve
# It takes Python 3.10 or newer; what else it takes is put into target/site-venv.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=target/site-venv
if ! cmp -s docs/requirements.txt "$venv/requirements.txt"; then
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r docs/requirements.txt
  cp docs/requirements.txt "$venv/requirements.txt"
fi

# the theme's authors say by it what they think of the next MkDocs, at each build
export NO_MKDOCS_2_WARNING=true
case "${1:-build}" in
  build) exec "$venv/bin/mkdocs" build --strict ;;
  serve) exec "$venv/bin/mkdocs" serve --strict "${@:2}" ;;
  *) echo "usage: docs/site.sh [build|serve]" >&2; exit 2 ;;
esac
