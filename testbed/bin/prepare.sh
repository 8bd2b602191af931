# Shared by ./demo and ./check: finds what they need, or says exactly what to install.
# Sourced from the project's folder; sets JAVA_HOME's java on the PATH, and prometheus and promtool.

step() { printf '== %s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The major version of a JDK: 17, 25.
jdk_version() {
  "$1/bin/java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/^ *java\.specification\.version = //p'
}

require_jdk() {
  if [ -z "${JAVA_HOME:-}" ]; then
    command -v javac >/dev/null || fail "no JDK: install JDK 17 or newer, or set JAVA_HOME to one"
    JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  [ -x "$JAVA_HOME/bin/javac" ] || fail "JAVA_HOME=$JAVA_HOME is no JDK: set it to JDK 17 or newer"
  [ "$(jdk_version "$JAVA_HOME")" -ge 17 ] 2>/dev/null ||
    fail "JDK $(jdk_version "$JAVA_HOME") is too old: set JAVA_HOME to JDK 17 or newer"
  command -v mvn >/dev/null || fail "no Maven: install Maven 3.8 or newer"
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

has_prometheus() {
  command -v prometheus >/dev/null && command -v promtool >/dev/null
}

# Prometheus from the PATH, else Debian's package, else the project's container, unpacked under
# .tools without being installed, so that no service starts and nothing else on the machine changes.
require_prometheus() {
  export PATH="$PATH:$PWD/.tools/bin"
  has_prometheus && return
  mkdir -p .tools/bin
  if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    step "unpacking Debian's package prometheus under .tools"
    prometheus_from_debian >.tools/prometheus.log 2>&1 || cat .tools/prometheus.log >&2
  fi
  if ! has_prometheus && docker info >/dev/null 2>&1; then
    step "copying prometheus out of its container image under .tools"
    prometheus_from_image >>.tools/prometheus.log 2>&1 || cat .tools/prometheus.log >&2
  fi
  has_prometheus || fail "prometheus and promtool are missing and could not be had here.
Install them so that they are on the PATH:
  Debian, Ubuntu   apt-get install prometheus
  macOS            brew install prometheus
  others           the release from prometheus.io/download"
}

prometheus_from_debian() (
  cd .tools || exit 1
  apt-get download prometheus || { as_root apt-get update && apt-get download prometheus; } ||
    exit 1
  dpkg-deb --extract prometheus_*.deb debian || exit 1
  for program in prometheus promtool; do
    ln -sf "../debian/usr/bin/$program" bin/
  done
)

prometheus_from_image() (
  container=$(docker create prom/prometheus:v3.5.0) || exit 1
  for program in prometheus promtool; do
    docker cp "$container:/bin/$program" .tools/bin/
  done
  docker rm "$container"
)

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Runs Maven quietly; on failure shows the errors and where the log is.
maven() {
  log=$1
  shift
  mkdir -p "$(dirname "$log")"
  mvn --batch-mode --no-transfer-progress "$@" >"$log" 2>&1 || {
    grep -E '^\[ERROR\]|FAIL' "$log" | head -n 40 >&2
    fail "the build failed; its log is $log"
  }
}
