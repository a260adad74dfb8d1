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
  helm template check helm/hyperflow --kube-version 1.33.0 >"$work/plain.yaml"
  helm template check helm/hyperflow --kube-version 1.33.0 \
    --set autoscaling.enabled=true --set serviceMonitor.enabled=true \
    --set state.storageClass=fast --set javaOptions=-Xmx1g \
    --set secretEnv.PASSWORD.secret=a --set secretEnv.PASSWORD.key=b \
    --set 'settings.memory\.half-life-ms=604800000' --set 'settings.tracing\.sample=0.25' \
    --set 'extraEnv[0].name=A' --set 'extraEnv[0].value=b' \
    --set 'extraVolumes[0].name=keys' --set 'extraVolumes[0].secret.secretName=keys' \
    --set 'extraVolumeMounts[0].name=keys' --set 'extraVolumeMounts[0].mountPath=/etc/keys' \
    --set podSecurityContext.runAsUser=null >"$work/full.yaml"
  grep -q 'half-life-ms=604800000$' "$work/full.yaml"
  grep -q 'tracing.sample=0.25$' "$work/full.yaml"
  helm template check helm/hyperflow --kube-version 1.33.0 \
    --set 'settings.kafka\.group\.protocol=streams' >"$work/streams.yaml"
  if grep -E 'num.standby.replicas|group.instance.id' "$work/streams.yaml"; then
    echo "helm: expected neither setting under group.protocol=streams" >&2
    exit 1
  fi
  for wrong in replicas=0 'settings.state\.dir=/x' state.size=large unknown=1; do
    if helm template check helm/hyperflow --kube-version 1.33.0 --set "$wrong" >/dev/null 2>&1; then
      echo "helm: expected --set $wrong to be refused" >&2
      exit 1
    fi
  done
  if has kubernetes-validate; then
    for version in 1.27 1.33 1.36; do
      kubernetes-validate --strict --quiet -k $version "$work/plain.yaml" "$work/full.yaml" \
        "$work/streams.yaml"
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
