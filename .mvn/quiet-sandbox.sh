# Sourced by ./mvnw: with -Psandbox, Maven leaves the screen to the sandbox, whose own lines come last.
# Maven's loggers can only be set where its JVM is started. What fails still says so.
for sluice_argument in "$@"; do
  case $sluice_argument in
  -Psandbox | -P*,sandbox | -Psandbox,* | -P*,sandbox,*)
    MAVEN_OPTS="${MAVEN_OPTS:-} -Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
    export MAVEN_OPTS
    echo "Packaging Sluice; the first time Maven fetches what it needs, which takes some minutes ..."
    break
    ;;
  esac
done
