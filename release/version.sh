#!/bin/sh
# Sets the version wherever it stands: POMs, images, chart and documents.
#
#   release/version.sh VERSION
set -eu
[ $# -eq 1 ] || { echo "usage: $0 VERSION" >&2; exit 2; }
version=$1
case $version in
  [0-9]*.[0-9]*.[0-9]*) ;;
  *) echo "$0: expected a version such as 1.2.3, found $version" >&2; exit 2 ;;
esac
cd "$(dirname -- "$0")/.."
old=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' pom.xml)
quoted=$(printf '%s' "$old" | sed 's/[.]/\\./g')
./mvnw -B -q versions:set -DnewVersion="$version" -DprocessAllModules -DgenerateBackupPoms=false
sed -i "s/^ARG VERSION=.*/ARG VERSION=$version/" docker/Dockerfile docker/Dockerfile.cuda
sed -i "s/^version: .*/version: $version/; s/^appVersion: .*/appVersion: $version/" docker/helm/hyperflow/Chart.yaml
sed -i "s/<version>$quoted</<version>$version</" docs/embedding.md
echo "$old is now $version"
