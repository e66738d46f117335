# Sourced by ./mvnw: sets JAVA_HOME to the newest JDK (21 or newer) of this machine.
# Looks at SLUICE_JDK (taken as it is), JAVA_HOME, the javac on PATH, and the usual folders.

sluice_jdk_major() {
  [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

sluice_find_jdk() {
  sluice_best= sluice_best_major=20
  sluice_path_javac=$(command -v javac 2>/dev/null || true)
  if [ -n "$sluice_path_javac" ]; then
    sluice_path_javac=$(readlink -f "$sluice_path_javac" 2>/dev/null || echo "$sluice_path_javac")
  fi
  # Unquoted on purpose: each pattern becomes the folders that match it.
  for sluice_candidate in "${JAVA_HOME:-}" "${sluice_path_javac%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/java/* /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/*; do
    [ -n "$sluice_candidate" ] || continue
    sluice_major=$(sluice_jdk_major "$sluice_candidate") || continue
    if [ -n "$sluice_major" ] && [ "$sluice_major" -gt "$sluice_best_major" ]; then
      sluice_best=$sluice_candidate sluice_best_major=$sluice_major
    fi
  done
}

if [ -n "${SLUICE_JDK:-}" ]; then
  sluice_best=$SLUICE_JDK
else
  sluice_find_jdk
fi
if [ -z "$sluice_best" ]; then
  echo "Sluice needs a JDK 21 or newer (25 recommended) and found none: install one (for example 'apt-get install openjdk-21-jdk', 'brew install openjdk', or https://adoptium.net) or set JAVA_HOME to it." >&2
  exit 1
fi
JAVA_HOME=$sluice_best
export JAVA_HOME
