#!/usr/bin/env bash
# Builds the page, where it changed since the last time: page.sh build <folder>. Tests it in a browser: page.sh test-build.
# Walks through docs/walk.md on the dashboard that $SLUICE_DASHBOARD names, in a browser: page.sh walk.
# Maven calls it (pom.xml); -Dsluice.page=skip makes it skip and test-skip, which do nothing.
set -euo pipefail
cd "$(dirname "$0")"

needs_node() {
  echo "$1 The dashboard's page needs Node.js 20 or newer, with npm: https://nodejs.org." >&2
  echo "To build all but the page: ./mvnw -Dsluice.page=skip ..." >&2
  exit 1
}

# The machine's own Node.js, else one from the npm registry, which is kept in target/.
find_node() {
  if command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ]; then
    return
  fi
  local own=$PWD/target/node
  [ -x "$own/bin/npm" ] || ./node.sh "$own" || needs_node "Node.js was not found, and could not be had from the npm registry."
  PATH=$own/bin:$PATH
}

install_packages() {
  if [ src/main/web/package-lock.json -nt src/main/web/node_modules/.package-lock.json ]; then
    (cd src/main/web && npm ci --no-audit --no-fund --loglevel=error) >&2 || {
      echo "npm could not get the page's packages. Without a network: ./mvnw -Dsluice.page=skip ..." >&2
      exit 1
    }
  fi
}

fingerprint() {
  find src/main/web \( -name node_modules -o -name target \) -prune -o -type f -print | LC_ALL=C sort | tr '\n' '\0' |
    xargs -0 cksum
}

case $1 in
skip | test-skip) ;;
build)
  mkdir -p target
  fingerprint >target/page.now
  if [ ! -f "$2/index.html" ] || ! cmp -s target/page.now target/page.built; then
    find_node
    install_packages
    node src/main/web/build.mjs "$2" >target/page.log 2>&1 || {
      cat target/page.log >&2
      exit 1
    }
    mv target/page.now target/page.built
  fi
  ;;
test-build)
  find_node
  install_packages
  node src/test/web/run.mjs
  ;;
walk)
  find_node
  install_packages
  node src/test/web/walk.mjs
  ;;
*)
  echo "-Dsluice.page=${1#test-} is neither build nor skip." >&2
  exit 1
  ;;
esac
