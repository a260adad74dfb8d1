#!/bin/sh
# Puts the parts of a kit together. They lie beside this script; docker/gpu-kit.sh --parts made them.
#
#   sh put-together.sh [DIR]     makes DIR/hyperflow-gpu; DIR is the current folder unless named
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
mkdir -p "${1:-.}"
target=$(CDPATH='' cd -- "${1:-.}" && pwd -P)
[ ! -e "$target/hyperflow-gpu" ] || {
  echo "put-together: expected no $target/hyperflow-gpu, found one" >&2
  exit 2
}
(cd "$here" && sha256sum -c --quiet SHA256SUMS) || {
  echo "put-together: expected every part of $here/SHA256SUMS unchanged, found the above" >&2
  exit 3
}
cat "$here"/hyperflow-gpu.part-* | tar -C "$target" -xzf -
echo "put-together: made $target/hyperflow-gpu; run $target/hyperflow-gpu/check"
