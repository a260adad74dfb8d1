#!/bin/sh
# Lays out the image's files in a plain directory, exactly as the Dockerfile copies them. Then runs
# the application from there as the image would: another home, read-only files, its own options.
# Use it on machines without a container engine. Build first: ./mvnw -pl app -am package -DskipTests
#
#   docker/check-layout.sh [DIR]
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
dir=${1:-$(mktemp -d)}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mkdir -p "$dir/root" "$dir/state" "$dir/tmp"

"$root/docker/layers.sh" "$root/app/target" "$dir/layers"
# The COPY lines of the Dockerfile, in their order.
for layer in dependencies models app; do
  echo "layer $layer: $(du -sm "$dir/layers/$layer" | cut -f 1) MB"
  cp -R "$dir/layers/$layer/." "$dir/root/"
done
cp "$root/docker/app/java.options" "$root/docker/app/health.options" "$dir/root/opt/hyperflow/"
# Without a chroot the tree begins elsewhere. Nothing else differs from the image.
for options in java health; do
  sed -i "s#/opt/hyperflow#$dir/root/opt/hyperflow#" "$dir/root/opt/hyperflow/$options.options"
done
chmod -R a-w "$dir/root"

hyperflow() {
  (cd "$dir/state" && env -i PATH="$PATH" HOME=/nonexistent DJL_CACHE_DIR="$dir/tmp/djl" \
    JDK_JAVA_OPTIONS="-Djava.io.tmpdir=$dir/tmp -XX:MaxRAM=2g" \
    "$java" "@$dir/root/opt/hyperflow/java.options" "$@")
}
echo "== --version"
hyperflow --version
echo "== bundle list"
hyperflow bundle list
echo "== bundle verify"
hyperflow bundle verify classpath:bundles/minilm-drift-v2
echo "== no broker, no Scala"
if ls "$dir/root/opt/hyperflow/lib" | grep -E '^(kafka_|kafka-server|scala-)'; then
  echo "expected no broker among the libraries" >&2
  exit 1
fi
echo "== health probe without a server: expected to fail"
if (cd "$dir/state" && HYPERFLOW_HEALTH_URL=http://127.0.0.1:9/health/live \
  "$java" "@$dir/root/opt/hyperflow/health.options"); then
  echo "expected a failing probe" >&2
  exit 1
fi
[ -z "$(find "$dir/root" -newer "$dir/layers/app" -type f -name '*.jar' -perm -u+w)" ]
echo "== the layout runs"
chmod -R u+w "$dir/root"
