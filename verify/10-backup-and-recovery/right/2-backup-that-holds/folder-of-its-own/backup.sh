#!/bin/bash
set -o errexit -o nounset -o pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pg_dump --format=custom "$1" > "$work/dump"
pg_restore --file=- "$work/dump" > /dev/null
chmod 600 "$work/dump"
mkdir -m 700 "$2/.incoming.$$"
trap 'rm -rf "$work" "$2/.incoming.$$"' EXIT
cp -p "$work/dump" "$2/.incoming.$$/dump"
mv "$2/.incoming.$$/dump" "$2/$1-$(TZ=UTC date +%Y%m%dT%H%M%SZ).dump"
find "$2" -maxdepth 1 -type f -name "$1-*.dump" | grep -E -- "-[0-9]{8}T[0-9]{6}Z[.]dump$" | grep -F -- "/$1-" | sort -r | awk -v db="$1" '
  { name = $0; sub(/.*\//, "", name); if (length(name) == length(db) + 22) print }' | tail -n "+$(($3 + 1))" | tr '\n' '\0' | xargs -0 rm -f
