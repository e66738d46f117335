#!/usr/bin/env bash
# Says where a helm is: the one of the PATH, else one that is built once from its Go module, into ~/.cache/sluice.
set -euo pipefail
version=v3.22.0
folder=${XDG_CACHE_HOME:-$HOME/.cache}/sluice/helm-$version

if command -v helm; then exit; fi

go=$(command -v go || echo /usr/local/go/bin/go)
if [ ! -x "$folder/helm" ]; then
  [ -x "$go" ] || { echo "There is neither a helm here nor a Go to build it with." >&2; exit 1; }
  mkdir -p "$folder"
  # whoever comes meanwhile waits, and finds it built
  exec 9>"$folder.lock"
  if command -v flock >/dev/null; then flock 9; fi
fi
if [ ! -x "$folder/helm" ]; then
  # of which Kubernetes it takes a cluster to be that it can't ask; its own builds say it in the same way
  kubernetes="-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=34"
  kubernetes="$kubernetes -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=34"
  GOBIN=$folder/new GOFLAGS= "$go" install -ldflags "-s -w $kubernetes" "helm.sh/helm/v3/cmd/helm@$version" >&2
  mv "$folder/new/helm" "$folder/helm"
fi
echo "$folder/helm"
