#!/bin/sh
# Shows what this project does on a graphics card. Builds with CUDA, compares heads and vectors with
# the processor's, measures both, and runs out of device memory on purpose. Prints a report and
# writes it to gpu-check.txt. Needs a JDK 17, an NVIDIA driver, CUDA 12 and cuDNN 9.
#
#   docker/gpu-check.sh
#   docker/gpu-check.sh cpu     tests this script on a machine without a card
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
device=${1:-cuda}
report=$PWD/gpu-check.txt
log=$(mktemp)
profiles=cuda,gpu
if [ "$device" = cpu ]; then
  profiles=gpu
elif ! command -v nvidia-smi >/dev/null; then
  echo "gpu-check: expected an NVIDIA driver, found no nvidia-smi; '$0 cpu' tests this script without a card" >&2
  exit 3
fi

{
  echo "HyperFlow Streams: GPU check, $(date -u '+%Y-%m-%dT%H:%M:%SZ')"
  echo "commit $(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)"
  if [ "$device" != cpu ]; then
    nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader
  fi
} | tee "$report"

status=0
# shellcheck disable=SC2086  # options are words
(cd "$root" && ./mvnw -B -P"$profiles" -pl models -am test ${GPU_CHECK_MAVEN_OPTS:-} \
  -Dtest=GpuCheckTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dhyperflow.gpu.device="$device") >"$log" 2>&1 || status=$?
sed -n 's/^\(\[INFO\] \)\{0,1\}gpu-check | //p' "$log" | tee -a "$report"
grep -E '^\[(ERROR|INFO)\].*Tests run' "$log" | tail -n 1 | tee -a "$report"
if [ $status -ne 0 ]; then
  grep '^\[ERROR\]' "$log" | head -n 20 | tee -a "$report"
  echo "gpu-check: FAILED; the full log is $log" | tee -a "$report"
  exit 1
fi
rm -f "$log"
echo "gpu-check: passed" | tee -a "$report"
