#!/bin/sh
# Sorts a built application into the layers of its image. Each layer is a tree that the Dockerfile
# copies to the root.
#
#   docker/layers.sh app/target OUT
#
# OUT/dependencies  libraries; changes when a version in the parent pom changes
# OUT/models        the encoder, ONNX Runtime and tokenizers; hardly ever changes
# OUT/app           this project's own jars; changes with every commit
set -eu

[ $# -eq 2 ] || { echo "usage: $0 TARGET OUT" >&2; exit 2; }
built=$1
out=$2
[ -f "$built/hyperflow.jar" ] || {
  echo "$0: expected $built/hyperflow.jar, found none; build with ./mvnw -pl app -am package" >&2
  exit 3
}

# NOTICE is checked against this list, so it must name each jar that ships.
[ -f "$built/shipped.txt" ] || { echo "$0: expected $built/shipped.txt, found none" >&2; exit 3; }
for jar in "$built"/lib/*.jar; do
  case ${jar##*/} in
    hyperflow-*) continue ;;
  esac
  grep -Fq "/${jar##*/}" "$built/shipped.txt" || {
    echo "$0: expected ${jar##*/} in $built/shipped.txt; an earlier build left it, so remove $built/lib and build again" >&2
    exit 3
  }
done

home=opt/hyperflow
for layer in dependencies models app; do
  mkdir -p "$out/$layer/$home/lib"
done
cp "$built/hyperflow.jar" "$out/app/$home/"
# A build without network makes no list of components.
[ ! -f "$built/sbom.json" ] || cp "$built/sbom.json" "$out/app/$home/"
for jar in "$built"/lib/*.jar; do
  case ${jar##*/} in
    hyperflow-*) layer=app ;;
    onnxruntime* | langchain4j-embeddings-* | tokenizers-*) layer=models ;;
    *) layer=dependencies ;;
  esac
  cp "$jar" "$out/$layer/$home/lib/"
done
# With a fixed date the same bits give the same layer.
find "$out" -exec touch -h -d '2026-11-24T00:00:00Z' {} +
