#!/bin/sh
# Checks the files of this directory with hadolint, promtool, helm, kubernetes-validate (pip) and
# docker compose. Names the tools that are not installed, and skips them.
set -eu
cd "$(dirname -- "$0")"
missing=
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has() {
  command -v "$1" >/dev/null && return 0
  missing="$missing $1"
  return 1
}

if has hadolint; then
  hadolint Dockerfile Dockerfile.cuda
  echo "hadolint: no finding"
fi
if has promtool; then
  promtool check rules prometheus/alerts.yml
  cp prometheus/*.yml "$work"
  : >"$work/token"
  sed -i "s#/run/secrets/metrics-token#$work/token#" "$work/prometheus.yml"
  promtool check config "$work/prometheus.yml"
  # promtool reads no dashboards, so their expressions become rules.
  if has jq; then
    jq -s '[.[].panels[] | .targets[]?.expr
        | gsub("\\$__rate_interval"; "5m") | gsub("\\$application"; ".*")]
      | to_entries | map({record: "expression:n\(.key)", expr: .value})
      | {groups: [{name: "dashboards", rules: .}]}' \
      grafana/dashboards/*.json >"$work/dashboards.yml"
    promtool check rules "$work/dashboards.yml"
  fi
fi
if has helm; then
  helm lint --strict helm/hyperflow
  render() {
    case=$1
    shift
    helm template check helm/hyperflow --kube-version 1.33.0 "$@" >"$work/case-$case.yaml"
  }
  finds() {
    grep -Eq "$2" "$work/case-$1.yaml" || {
      echo "helm: expected /$2/ in the case $1" >&2
      exit 1
    }
  }
  lacks() {
    ! grep -E "$2" "$work/case-$1.yaml" || {
      echo "helm: expected no /$2/ in the case $1" >&2
      exit 1
    }
  }
  render plain
  lacks plain 'HTTPS|ScaledObject|http.tls'
  render scaled --set autoscaling.enabled=true --set serviceMonitor.enabled=true \
    --set state.storageClass=fast --set javaOptions=-Xmx1g
  render numbers --set 'settings.memory\.half-life-ms=604800000' --set 'settings.tracing\.sample=0.25'
  finds numbers 'half-life-ms=604800000$'
  finds numbers 'tracing.sample=0.25$'
  render streams --set 'settings.kafka\.group\.protocol=streams'
  lacks streams 'num.standby.replicas|group.instance.id'
  render tls --set http.tlsSecret=api-tls --set http.tlsHasAuthority=true --set serviceMonitor.enabled=true
  finds tls 'scheme: HTTPS'
  finds tls 'http.tls.trust=/etc/hyperflow-tls/ca.crt'
  render keda --set keda.enabled=true --set keda.authenticationRef=brokers
  finds keda 'lagThreshold: "5000"'
  lacks keda '^  replicas: '
  lacks scaled '^  replicas: '
  finds plain '^  replicas: 3'
  finds plain 'kind: PodDisruptionBudget'
  render strimzi --set secretEnv.KEYSTORE_PASSWORD.secret=hyperflow \
    --set secretEnv.KEYSTORE_PASSWORD.key=user.password \
    --set 'extraVolumes[0].name=kafka-user' --set 'extraVolumes[0].secret.secretName=hyperflow' \
    --set 'extraVolumeMounts[0].name=kafka-user' --set 'extraVolumeMounts[0].mountPath=/etc/kafka-user' \
    --set 'extraEnv[0].name=A' --set 'extraEnv[0].value=b'
  finds strimzi 'mountPath: /etc/kafka-user'
  render openshift --set podSecurityContext.runAsUser=null --set podSecurityContext.runAsGroup=null \
    --set podSecurityContext.fsGroup=null
  lacks openshift 'runAsUser|runAsGroup|fsGroup: '
  # Ids as OpenShift gives them are large.
  render range --set podSecurityContext.runAsUser=1000680000
  finds range 'runAsUser: 1000680000$'
  for wrong in keda.enabled=true,autoscaling.enabled=true replicas=0 'settings.state\.dir=/x' state.size=large unknown=1; do
    if helm template check helm/hyperflow --kube-version 1.33.0 --set "$wrong" >/dev/null 2>&1; then
      echo "helm: expected --set $wrong to be refused" >&2
      exit 1
    fi
  done
  if has kubernetes-validate; then
    for version in 1.27 1.33 1.36; do
      kubernetes-validate --strict --quiet -k $version "$work"/case-*.yaml
    done
    echo "kubernetes-validate: valid for 1.27, 1.33 and 1.36"
  fi
fi
if docker compose version >/dev/null 2>&1; then
  docker compose -f compose.yaml config --quiet
else
  missing="$missing docker-compose"
fi
[ -z "$missing" ] || echo "not installed, so skipped:$missing"
