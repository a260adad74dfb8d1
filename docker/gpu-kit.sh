#!/bin/sh
# Makes a folder that compares a graphics card with the processor, without network, on another
# machine: a Java, our jars, ONNX Runtime with CUDA, the models, and a script "check".
# docs/gpu.md explains it. Build first: ./mvnw -pl benchmarks -am package -DskipTests
#
#   docker/gpu-kit.sh [--cuda 13|12|none] [--natives FILE] [--broker] [--parts] DIR
#
#   --cuda 13       ONNX Runtime from the Python wheel onnxruntime-gpu, fetched with pip (default)
#   --cuda 12       ONNX Runtime from the jar onnxruntime_gpu, fetched with Maven
#   --cuda none     ONNX Runtime without CUDA, to try the kit
#   --natives FILE  that wheel or jar, fetched before
#   --broker        with what "check --broker" needs
#   --parts         writes the kit to DIR in parts of at most 60 MB, with a script that puts
#                   them together
#
# JAVA_HOME names the JDK whose Java goes into the kit.
set -eu

PART_BYTES=60000000
MODULES=java.base,java.instrument,java.logging,java.management,java.naming,java.net.http
MODULES=$MODULES,java.security.jgss,java.security.sasl,java.sql,java.xml
MODULES=$MODULES,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs
BROKER_MODULES=java.desktop,jdk.httpserver

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
libraries=$root/benchmarks/target/lib

fail() {
  echo "gpu-kit: $1" >&2
  exit "${2:-3}"
}

cuda=13 natives='' broker=no parts=no dir=
while [ $# -gt 0 ]; do
  case $1 in
    --cuda) cuda=${2:-} && shift ;;
    --natives) natives=${2:-} && shift ;;
    --broker) broker=yes ;;
    --parts) parts=yes ;;
    -*) fail "expected an option of the list above, found $1" 2 ;;
    *) dir=$1 ;;
  esac
  shift
done
case $cuda in 12 | 13 | none) ;; *) fail "--cuda: expected 12, 13 or none, found '$cuda'" 2 ;; esac
[ -n "$dir" ] || fail "expected a folder to make, found none" 2
[ ! -e "$dir" ] || fail "expected a new folder, found $dir" 2
[ "$(uname -sm)" = "Linux x86_64" ] || fail "expected Linux on x86-64, found $(uname -sm)"
[ -z "$natives" ] || [ -f "$natives" ] || fail "--natives: expected a file, found no $natives" 2
[ -f "$root/benchmarks/target/hyperflow-benchmarks.jar" ] ||
  fail "expected a build, found none; run ./mvnw -pl benchmarks -am package -DskipTests"
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /none/bin/x)")")")}
[ -x "$jdk/bin/jlink" ] || fail "expected a JDK with jlink, found $jdk; set JAVA_HOME"
plain=$(ls "$libraries"/onnxruntime-[0-9]*.jar 2>/dev/null) ||
  fail "expected onnxruntime-VERSION.jar in $libraries, found none; build without -Pcuda"
version=${plain##*/onnxruntime-}
version=${version%.jar}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kit=$work/hyperflow-gpu
mkdir -p "$kit/lib" "$kit/native" "$work/plain" "$work/natives"

# Java.
[ "$broker" = no ] || MODULES=$MODULES,$BROKER_MODULES
"$jdk/bin/jlink" --add-modules "$MODULES" --strip-debug --no-header-files --no-man-pages \
  --compress=2 --output "$kit/java" 2>"$work/jlink.log" || fail "jlink: $(tail -n 1 "$work/jlink.log")"

# Our jars and their libraries. What is large and needs a broker is left out.
cp "$root/benchmarks/target/hyperflow-benchmarks.jar" "$kit/lib/"
for jar in "$libraries"/*.jar; do
  case $broker/${jar##*/} in
    */onnxruntime-*) ;;
    no/rocksdbjni-* | no/kafka* | no/scala-* | no/zstd-jni-* | no/snappy-* | no/lz4-*) ;;
    no/jetty-* | no/log4j-* | no/prometheus-* | no/opentelemetry-* | no/commons-math3-*) ;;
    *) cp "$jar" "$kit/lib/" ;;
  esac
done

# ONNX Runtime: its classes, and the libraries of the kind asked for. Java's own binding is the same.
(cd "$work/plain" && "$jdk/bin/jar" xf "$plain")
cp "$work/plain/ai/onnxruntime/native/linux-x64/"*.so "$kit/native/"
rm -rf "$work/plain/ai/onnxruntime/native"
(cd "$work/plain" && "$jdk/bin/jar" cf "$kit/lib/onnxruntime-$version.jar" .)
if [ -z "$natives" ]; then
  case $cuda in
    13)
      python3 -m pip download -q --no-deps --only-binary=:all: --implementation cp \
        --python-version 3.12 --platform manylinux_2_28_x86_64 --platform manylinux_2_27_x86_64 \
        -d "$work/fetched" "onnxruntime-gpu==$version" >&2 || fail "pip could not fetch onnxruntime-gpu $version"
      ;;
    12)
      (cd "$root" && ./mvnw -q -N dependency:copy -DoutputDirectory="$work/fetched" \
        -Dartifact="com.microsoft.onnxruntime:onnxruntime_gpu:$version") >&2 ||
        fail "Maven could not fetch onnxruntime_gpu $version"
      ;;
  esac
  [ "$cuda" = none ] || natives=$(ls "$work"/fetched/*)
fi
if [ -n "$natives" ]; then
  natives=$(readlink -f "$natives")
  "$jdk/bin/jar" tf "$natives" | grep -E \
    '(capi|linux-x64)/(libonnxruntime\.so[0-9.]*|libonnxruntime_providers_(cuda|shared)\.so|libonnxruntime4j_jni\.so)$' \
    >"$work/names" || fail "expected ONNX Runtime's libraries for Linux in $natives, found none"
  (cd "$work/natives" && "$jdk/bin/jar" xf "$natives" "@$work/names")
  for library in $(find "$work/natives" -type f); do
    case ${library##*/} in
      libonnxruntime.so*) mv "$library" "$kit/native/libonnxruntime.so" ;;
      *) mv "$library" "$kit/native/" ;;
    esac
  done
fi

git -C "$root" describe --always --dirty >"$kit/COMMIT" 2>/dev/null || echo unknown >"$kit/COMMIT"
cp "$root/LICENSE" "$root/NOTICE" "$kit/"
cp "$root/docker/gpu-kit-check.sh" "$kit/check"
chmod +x "$kit/check"

if [ "$parts" = no ]; then
  mv "$kit" "$dir"
else
  mkdir -p "$dir"
  dir=$(CDPATH='' cd -- "$dir" && pwd -P)
  tar -C "$work" -cf - hyperflow-gpu | gzip | (cd "$dir" && split -b "$PART_BYTES" -d -a 2 - hyperflow-gpu.part-)
  (cd "$dir" && sha256sum hyperflow-gpu.part-* >SHA256SUMS)
  cp "$root/docker/gpu-kit-join.sh" "$dir/put-together.sh"
  chmod +x "$dir/put-together.sh"
fi
echo "gpu-kit: made $dir ($(du -sm "$dir" | cut -f 1) MB, CUDA: $cuda, broker: $broker)"
