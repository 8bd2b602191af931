# Shared by ./check: programs that tests of manifests, policies and dashboards want, from the PATH, else built under .tools
# with Go. Without one its tests are skipped, and a line says so. Sourced after prepare.sh, whose functions it uses.

export PATH="$PATH:$PWD/.tools/bin"
kyverno_version=v1.19.0

# kustomize or kubectl, which has it built in; else built under .tools where Go is. Without it, tests of
# manifests and policies are skipped.
require_kustomize() {
  command -v kustomize >/dev/null || command -v kubectl >/dev/null || {
    command -v go >/dev/null || { step "no kustomize, kubectl or go: tests of overlays are skipped"; return; }
    step "building kustomize under .tools (log: .tools/kustomize.log)"
    mkdir -p .tools/bin
    GOBIN=$PWD/.tools/bin go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1 >.tools/kustomize.log 2>&1 ||
      step "kustomize could not be built: tests of overlays are skipped"
  }
}

# Kyverno's command line. It is built only when BUILD_KYVERNO is set, since that takes half as long as all tests.
want_kyverno() {
  command -v kyverno >/dev/null && return
  [ -n "${BUILD_KYVERNO:-}" ] || {
    step "no kyverno: what policies do is not tested; BUILD_KYVERNO=1 builds it with Go, in 8 minutes and more"
    return
  }
  command -v go >/dev/null || fail "BUILD_KYVERNO needs Go 1.21 or newer"
  step "building kyverno under .tools (log: .tools/kyverno.log)"
  mkdir -p .tools/bin
  build_kyverno "$kyverno_version" >.tools/kyverno.log 2>&1 || fail "kyverno could not be built; the log is .tools/kyverno.log"
}

# In the module's own folder, with its own versions and checksums: go install refuses modules with replace directives.
build_kyverno() (
  program=$PWD/.tools/bin/kyverno
  cd "$(module_folder "github.com/kyverno/kyverno@$1")" &&
    go build -trimpath -ldflags "-s -w" -o "$program" ./cmd/cli/kubectl-kyverno
)

# kubeconform, and the schemas that Kubernetes, the Prometheus Operator and Kyverno publish in their Go modules. Without
# Go, tests against schemas are skipped.
want_kubeconform() {
  mkdir -p .tools/bin .tools/schemas/crds .tools/schemas/kyverno
  command -v go >/dev/null || { step "no Go: tests of manifests against schemas are skipped"; return; }
  command -v kubeconform >/dev/null || go_program github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
  for version in v1.34.4 v1.36.3; do
    go_file "k8s.io/kubernetes@$version" api/openapi-spec/swagger.json "kubernetes-$version.json"
  done
  for kind in prometheusrules servicemonitors; do
    go_file github.com/prometheus-operator/prometheus-operator@v0.85.0 \
      "example/prometheus-operator-crd/monitoring.coreos.com_$kind.yaml" "crds/$kind.yaml"
  done
  for kind in kyverno/kyverno.io_clusterpolicies policies.kyverno.io/policies.kyverno.io_{mutating,validating}policies; do
    go_file "github.com/kyverno/kyverno@$kyverno_version" "config/crds/$kind.yaml" "kyverno/${kind##*_}.yaml"
  done
}

# Helm, and an API server for tests with etcd and kubectl from the PATH: built only when BUILD_HELM or
# BUILD_KUBE_APISERVER is set, since that takes many minutes.
want_cluster_tools() {
  command -v helm >/dev/null || {
    if [ -n "${BUILD_HELM:-}" ]; then
      go_program helm.sh/helm/v3/cmd/helm@v3.22.0
      go_program github.com/norwoodj/helm-docs/cmd/helm-docs@v1.14.2
    else step "no helm: tests of the chart are skipped; BUILD_HELM=1 builds it with Go"; fi
  }
  command -v kube-apiserver >/dev/null || {
    if [ -n "${BUILD_KUBE_APISERVER:-}" ]; then build_kube_apiserver v1.34.4 >.tools/kube-apiserver.log 2>&1
    else step "no kube-apiserver: tests in one are skipped; BUILD_KUBE_APISERVER=1 builds it with Go"; fi
  }
}

# A Prometheus 3 beside the one on the PATH, whose ranges and lookback leave out their left end: rules are tested with both.
# It is built only when BUILD_PROMETHEUS3 is set, since that takes 10 minutes and more.
want_prometheus3() {
  if [ -n "${PROMETHEUS3:-}" ]; then
    [ -x "$PROMETHEUS3/prometheus" ] && [ -x "$PROMETHEUS3/promtool" ] ||
      fail "PROMETHEUS3=$PROMETHEUS3 has no prometheus and promtool"
    PROMETHEUS3=$(cd "$PROMETHEUS3" && pwd)
    export PROMETHEUS3
    return
  fi
  folder=$PWD/.tools/prometheus3
  [ -x "$folder/promtool" ] || {
    [ -n "${BUILD_PROMETHEUS3:-}" ] || {
      step "no Prometheus 3: rules are tested with the Prometheus on the PATH only; BUILD_PROMETHEUS3=1 builds one with Go, in 10 minutes and more"
      return
    }
    command -v go >/dev/null || fail "BUILD_PROMETHEUS3 needs Go 1.21 or newer"
    step "building Prometheus 3 under .tools (log: .tools/prometheus3.log)"
    build_prometheus3 v0.316.0 >.tools/prometheus3.log 2>&1 || fail "Prometheus 3 could not be built; the log is .tools/prometheus3.log"
  }
  export PROMETHEUS3=$folder
}

# In the module's own folder, like Kyverno. Without the web interface, whose files are not in the module.
build_prometheus3() (
  programs=$PWD/.tools/prometheus3
  mkdir -p "$programs"
  cd "$(module_folder "github.com/prometheus/prometheus@$1")" &&
    GOWORK=off go build -mod=mod -trimpath -ldflags "-s -w" -o "$programs/" ./cmd/prometheus ./cmd/promtool
)

go_program() {
  step "building $1 (log: .tools/go.log)"
  GOBIN=$PWD/.tools/bin go install -trimpath "$1" >.tools/go.log 2>&1 || cat .tools/go.log >&2
}

# go_file MODULE PATH FILE: a file of a module, which need not build, as .tools/schemas/FILE; anew for another version.
go_file() {
  from=.tools/schemas-from/$3
  [ -s ".tools/schemas/$3" ] && [ "$(cat "$from" 2>/dev/null)" = "$1" ] && return
  mkdir -p "${from%/*}"
  if cp -f "$(module_folder "$1")/$2" ".tools/schemas/$3"; then
    echo "$1" >"$from"
  else
    step "no $2 of $1: tests against it are skipped"
  fi
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

# Grafana's dashboard-linter from the PATH, else built from its module. Only tests of the dashboards want it,
# which are skipped without.
want_dashboard_linter() {
  ! command -v dashboard-linter >/dev/null || return 0
  if ! command -v go >/dev/null; then
    step "SKIPPED: Grafana's dashboard-linter, which is not on the PATH, nor is Go to build it"
    return 0
  fi
  step "building Grafana's dashboard-linter (log: .tools/dashboard-linter.log)"
  mkdir -p .tools/bin
  build_dashboard_linter >.tools/dashboard-linter.log 2>&1 ||
    step "SKIPPED: Grafana's dashboard-linter, which could not be built: .tools/dashboard-linter.log"
}

# Without what reads schema v2 and LogQL, which our dashboards have not: those parts need modules that cannot be
# had everywhere, and all of Loki.
build_dashboard_linter() (
  set -e
  sources=$(module_folder github.com/grafana/dashboard-linter@v0.3.0)
  rm -rf .tools/dashboard-linter
  cp -r "$sources" .tools/dashboard-linter
  chmod -R u+w .tools/dashboard-linter
  cp testbed/dashboard-linter/v2.go .tools/dashboard-linter/lint/v2.go
  cp testbed/dashboard-linter/logql.go .tools/dashboard-linter/lint/rule_target_logql_auto.go
  cd .tools/dashboard-linter
  go build -o ../bin/dashboard-linter .
)
