#!/bin/sh
# Rehearses a release: builds what Maven Central would get from a copy of this tree, signed with a key
# of its own that is thrown away, and holds it to Central's rules. Uploads nothing.
#
#   release/rehearse.sh [VERSION]
#
# Needs the network: the plugin that lists components does nothing offline.
set -eu
version=${1:-0.0.1-rehearsal}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'GNUPGHOME=$work/gnupg gpgconf --kill all 2>/dev/null || :; rm -rf "$work"' EXIT

# What git tracks or would, as it stands in the tree.
mkdir "$work/tree"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | tar -c --null -T - --ignore-failed-read) |
  tar -x -C "$work/tree"
cd "$work/tree"

signing=-Dgpg.skip
unsigned=--unsigned
if command -v gpg >/dev/null; then
  GNUPGHOME=$work/gnupg
  export GNUPGHOME
  mkdir -m 700 "$GNUPGHOME"
  gpg --batch --quiet --passphrase '' --quick-generate-key 'Rehearsal <rehearsal@hyperflow.invalid>' rsa3072 sign 1d
  signing=-Dgpg.skip=false
  unsigned=
else
  echo "$0: NOT CHECKED: signatures. Install gpg to rehearse them, too." >&2
fi

release/version.sh "$version"
./mvnw -B -Prelease verify -DskipTests "$signing"
# shellcheck disable=SC2086  # an option or nothing
java release/CheckBundle.java $unsigned target/central-publishing/central-bundle.zip
