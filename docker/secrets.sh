#!/bin/sh
# Creates the tokens that compose.yaml needs, under docker/secrets. Prometheus reads metrics with the
# first. The second, of scope admin, is for you: the script prints it. Run it once; an existing file stays.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
dir=$root/docker/secrets
[ ! -e "$dir/tokens" ] || { echo "$dir/tokens already exists" >&2; exit 0; }
umask 077
mkdir -p "$dir"
"$root/hyperflow" token create --file "$dir/tokens" --name prometheus --scope read >"$dir/metrics-token"
"$root/hyperflow" token create --file "$dir/tokens" --name admin --scope admin
# The users of the containers are not you, so they need to read the files.
chmod 755 "$dir" && chmod 644 "$dir/tokens" "$dir/metrics-token"
