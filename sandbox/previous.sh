#!/usr/bin/env bash
# Builds the version before this one, from which UpgradeIT comes, into sandbox/app/target/previous: the commit that sandbox/previous names.
# Does nothing where it is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
commit=$(cat sandbox/previous)
folder=$PWD/sandbox/app/target/previous
if [ "$(cat "$folder/built" 2>/dev/null)" = "$commit" ]; then
  exit
fi
if ! git cat-file -e "$commit^{commit}" 2>/dev/null; then
  echo "commit $commit is not in this clone: git fetch --unshallow" >&2
  exit 1
fi
rm -rf "$folder"
git clone -q --shared --no-checkout . "$folder"
git -C "$folder" checkout -q --detach "$commit"
cd "$folder"
./mvnw -q -B -pl rollout-engine,metrics-gate,weight-applier -am -DskipTests package
echo "$commit" >built
