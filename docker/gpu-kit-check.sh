#!/bin/sh
# Compares the graphics card of this machine with its processor; "check --help" lists the options.
# docker/gpu-kit.sh puts this file into its folder as "check".
#
#   CHECK_JAVA_OPTS   more options of the virtual machine, such as -Xmx8g
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

# CUDA and cuDNN also lie where the loader does not look: beside a toolkit, or in Python packages.
# What the caller names comes first.
for folder in /usr/local/nvidia/lib64 /usr/local/cuda/lib64 /usr/local/cuda-1[23]*/lib64 \
  /usr/local/cuda*/targets/x86_64-linux/lib \
  /usr/lib/python3*/*-packages/nvidia/*/lib /usr/local/lib/python3*/*-packages/nvidia/*/lib \
  /opt/*/lib/python3*/*-packages/nvidia/*/lib /opt/*/.venv/lib/python3*/*-packages/nvidia/*/lib \
  "${VIRTUAL_ENV:-/nowhere}"/lib/python3*/*-packages/nvidia/*/lib; do
  [ ! -d "$folder" ] || LD_LIBRARY_PATH=${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$folder
done
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}"

# shellcheck disable=SC2086  # options are words
exec "$here/java/bin/java" \
  -XX:MaxRAMPercentage=50 -XX:+UseG1GC \
  -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
  -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 -Djava.awt.headless=true \
  -Donnxruntime.native.path="$here/native" -Dhyperflow.commit="$(cat "$here/COMMIT")" \
  ${CHECK_JAVA_OPTS:-} \
  -cp "$here/lib/*" dev.hyperflow.benchmarks.CheckCommand "$@"
