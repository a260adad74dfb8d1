#!/bin/sh
# Makes the tokens that compose.yaml needs, under docker/secrets: one with which Prometheus may read
# metrics, and one for you, of scope admin, which it prints. Run once; an existing file stays.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
dir=$root/docker/secrets
[ ! -e "$dir/tokens" ] || { echo "$dir/tokens is there already" >&2; exit 0; }
umask 077
mkdir -p "$dir"
"$root/hyperflow" token create --file "$dir/tokens" --name prometheus --scope read >"$dir/metrics-token"
"$root/hyperflow" token create --file "$dir/tokens" --name admin --scope admin
# The containers' users are others than you.
chmod 755 "$dir" && chmod 644 "$dir/tokens" "$dir/metrics-token"
