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
  [ -x "$JAVA_HOME/bin/javac" ] || fail "JAVA_HOME=$JAVA_HOME is no JDK: set it to JDK 17 or newer"
  [ "$(jdk_version "$JAVA_HOME")" -ge 17 ] 2>/dev/null ||
    fail "JDK $(jdk_version "$JAVA_HOME") is too old: set JAVA_HOME to JDK 17 or newer"
  command -v mvn >/dev/null || fail "no Maven: install Maven 3.8 or newer"
  export JAVA_HOME PATH="$JAVA_HOME/bin:$PATH"
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

# kustomize or kubectl, which has it built in; else built under .tools where Go is. Without it, tests of
# manifests and policies are skipped.
require_kustomize() {
  export PATH="$PATH:$PWD/.tools/bin"
  command -v kustomize >/dev/null || command -v kubectl >/dev/null || {
    command -v go >/dev/null || { step "no kustomize, kubectl or go: tests of overlays are skipped"; return; }
    step "building kustomize under .tools (log: .tools/kustomize.log)"
    mkdir -p .tools/bin
    GOBIN=$PWD/.tools/bin go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.3 >.tools/kustomize.log 2>&1 ||
      step "kustomize could not be built: tests of overlays are skipped"
  }
}

# Kyverno's command line, built only when BUILD_KYVERNO is set: that takes longer than all tests together. Go builds it
# in the module's own folder, since go install refuses modules with replace directives.
want_kyverno() {
  export PATH="$PATH:$PWD/.tools/bin"
  command -v kyverno >/dev/null && return
  [ -n "${BUILD_KYVERNO:-}" ] || { step "no kyverno: its tests are skipped; BUILD_KYVERNO=1 builds it with Go"; return; }
  command -v go >/dev/null || fail "BUILD_KYVERNO needs Go"
  step "building kyverno under .tools (log: .tools/kyverno.log)"
  build_kyverno v1.19.0 >.tools/kyverno.log 2>&1 || fail "kyverno could not be built; the log is .tools/kyverno.log"
}

build_kyverno() (
  mkdir -p .tools/bin
  program=$PWD/.tools/bin/kyverno
  cd "$(go mod download -json "github.com/kyverno/kyverno@$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')" || exit 1
  nice go build -trimpath -ldflags "-s -w" -o "$program" ./cmd/cli/kubectl-kyverno
)

# kubeconform, and the schemas that Kubernetes and the Prometheus Operator publish in their Go modules. Without
# Go, tests against schemas are skipped.
want_kubeconform() {
  export PATH="$PATH:$PWD/.tools/bin"
  mkdir -p .tools/bin .tools/schemas/crds
  command -v go >/dev/null || { step "no Go: tests of manifests against schemas are skipped"; return; }
  command -v kubeconform >/dev/null || go_program github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
  for version in v1.34.4 v1.36.3; do
    go_file "k8s.io/kubernetes@$version" api/openapi-spec/swagger.json "kubernetes-$version.json"
  done
  for kind in prometheusrules servicemonitors; do
    go_file github.com/prometheus-operator/prometheus-operator@v0.85.0 \
      "example/prometheus-operator-crd/monitoring.coreos.com_$kind.yaml" "crds/$kind.yaml"
  done
}

# Helm, and an API server for tests with etcd and kubectl from the PATH: built only when BUILD_HELM or
# BUILD_KUBE_APISERVER is set, since that takes many minutes.
want_cluster_tools() {
  export PATH="$PATH:$PWD/.tools/bin"
  command -v helm >/dev/null || {
    if [ -n "${BUILD_HELM:-}" ]; then go_program helm.sh/helm/v3/cmd/helm@v3.22.0
    else step "no helm: tests of the chart are skipped; BUILD_HELM=1 builds it with Go"; fi
  }
  command -v kube-apiserver >/dev/null || {
    if [ -n "${BUILD_KUBE_APISERVER:-}" ]; then build_kube_apiserver v1.34.4 >.tools/kube-apiserver.log 2>&1
    else step "no kube-apiserver: tests in one are skipped; BUILD_KUBE_APISERVER=1 builds it with Go"; fi
  }
}

go_program() {
  step "building $1 (log: .tools/go.log)"
  GOBIN=$PWD/.tools/bin go install -trimpath "$1" >.tools/go.log 2>&1 || cat .tools/go.log >&2
}

# go_file MODULE PATH FILE: a file of a module, which need not build, as .tools/schemas/FILE.
go_file() {
  [ -s ".tools/schemas/$3" ] && return
  cp "$(module_folder "$1")/$2" ".tools/schemas/$3" || step "no $2 of $1: tests against it are skipped"
}

module_folder() {
  (cd .tools && go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
}

# Kubernetes replaces its libraries by folders that its module does not have; as modules they are v0 instead of v1.
build_kube_apiserver() (
  version=$1
  program=$PWD/.tools/bin/kube-apiserver
  source=$(module_folder "k8s.io/kubernetes@$version") || exit 1
  mkdir -p .tools/kube-apiserver && cd .tools/kube-apiserver || exit 1
  rm -f go.mod go.sum
  go mod init kube-apiserver
  go mod edit -go="$(sed -n 's/^go //p' "$source/go.mod")" -require="k8s.io/kubernetes@$version"
  for library in $(sed -n 's|.*k8s.io/\([a-z-]*\) => ./staging.*|\1|p' "$source/go.mod"); do
    go mod edit -replace="k8s.io/$library=k8s.io/$library@v0.${version#v1.}"
  done
  package=k8s.io/component-base/version
  minor=${version#v1.}
  go get "k8s.io/kubernetes/cmd/kube-apiserver@$version" &&
    go build -mod=mod -trimpath -o "$program" -ldflags \
      "-s -w -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}" \
      k8s.io/kubernetes/cmd/kube-apiserver
)

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
