# Shared by ./demo and ./check: finds what they need, or says exactly what to install.
# Sourced from the project's folder; sets JAVA_HOME's java on the PATH, Prometheus and Alertmanager.

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
  [ -x "$JAVA_HOME/bin/javac" ] || fail "JAVA_HOME=$JAVA_HOME is not a JDK: set it to JDK 17 or newer"
  [ "$(jdk_version "$JAVA_HOME")" -ge 17 ] 2>/dev/null ||
    fail "JDK $(jdk_version "$JAVA_HOME") is too old: set JAVA_HOME to JDK 17 or newer"
  command -v mvn >/dev/null || fail "no Maven: install Maven 3.8 or newer"
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
}

# The folder of the newest JDK that is found; after require_jdk.
newest_jdk() {
  newest=$JAVA_HOME
  for jdk in /usr/lib/jvm/*/; do
    [ -x "$jdk/bin/javac" ] || continue
    [ "$(jdk_version "$jdk")" -le "$(jdk_version "$newest")" ] || newest=$(readlink -f "$jdk")
  done
  echo "$newest"
}

has_prometheus() {
  command -v prometheus >/dev/null && command -v promtool >/dev/null
}

# Debian calls the server prometheus-alertmanager.
has_alertmanager() {
  command -v amtool >/dev/null &&
    { command -v alertmanager || command -v prometheus-alertmanager; } >/dev/null
}

# Prometheus from the PATH, else Debian's package, else the project's container, unpacked under
# .tools without being installed, so that no service starts and nothing else on the machine changes.
require_prometheus() {
  export PATH="$PATH:$PWD/.tools/bin"
  has_prometheus || unpack prometheus prom/prometheus:v3.5.0 prometheus promtool
  has_prometheus || fail "prometheus and promtool are missing and could not be had here.
Install them so that they are on the PATH:
  Debian, Ubuntu   apt-get install prometheus
  macOS            brew install prometheus
  others           the release from prometheus.io/download"
}

# Alertmanager in the same way.
require_alertmanager() {
  export PATH="$PATH:$PWD/.tools/bin"
  has_alertmanager ||
    unpack prometheus-alertmanager prom/alertmanager:v0.28.1 alertmanager prometheus-alertmanager amtool
  has_alertmanager || fail "alertmanager and amtool are missing and could not be had here.
Install them so that they are on the PATH:
  Debian, Ubuntu   apt-get install prometheus-alertmanager
  macOS            brew install alertmanager
  others           the release from prometheus.io/download"
}

# unpack PACKAGE IMAGE PROGRAM...: those of the programs that the Debian package or the image has.
unpack() {
  package=$1
  image=$2
  shift 2
  mkdir -p .tools/bin
  if command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    step "unpacking Debian's package $package under .tools"
    from_debian "$package" "$@" >".tools/$package.log" 2>&1 && return
    cat ".tools/$package.log" >&2
  fi
  if docker info >/dev/null 2>&1; then
    step "copying $package out of its container image under .tools"
    from_image "$image" "$@" >>".tools/$package.log" 2>&1 || cat ".tools/$package.log" >&2
  fi
}

from_debian() (
  package=$1
  shift
  cd .tools || exit 1
  apt-get download "$package" || { as_root apt-get update && apt-get download "$package"; } ||
    exit 1
  dpkg-deb --extract "$package"_*.deb debian || exit 1
  for program in "$@"; do
    [ ! -x "debian/usr/bin/$program" ] || ln -sf "../debian/usr/bin/$program" bin/
  done
)

from_image() (
  image=$1
  shift
  container=$(docker create "$image") || exit 1
  for program in "$@"; do
    docker cp "$container:/bin/$program" .tools/bin/ || true
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
