#!/bin/sh
# Uploads a bundle to Maven Central's portal, where a person publishes it or drops it.
# https://central.sonatype.org/publish/publish-portal-api/
#
#   CENTRAL_USERNAME=... CENTRAL_PASSWORD=... release/upload.sh BUNDLE.zip NAME
set -eu
[ $# -eq 2 ] || { echo "usage: $0 BUNDLE.zip NAME" >&2; exit 2; }
: "${CENTRAL_USERNAME:?expected the name of a user token}" "${CENTRAL_PASSWORD:?expected its password}"
# The token stands in a file of curl's, not among the arguments that other users see.
token=$(printf '%s:%s' "$CENTRAL_USERNAME" "$CENTRAL_PASSWORD" | base64 | tr -d '\n')
printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl --fail-with-body --silent --show-error --config - --form "bundle=@$1" \
    "https://central.sonatype.com/api/v1/publisher/upload?publishingType=USER_MANAGED&name=$2"
