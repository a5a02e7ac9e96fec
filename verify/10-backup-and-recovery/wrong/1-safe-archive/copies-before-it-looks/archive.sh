# archive.sh SEGMENT NAME ARCHIVE
set -eu
umask 077

target="$3/$2"
tmp="$(mktemp -- "$3/.archive.XXXXXXXX")"
trap 'rm -f -- "$tmp"' EXIT

cp -- "$1" "$tmp"
sync -- "$tmp"

# the name is given once; if somebody was first, the content decides
ln -T -- "$tmp" "$target" 2>/dev/null || true
cmp -s -- "$tmp" "$target"
sync -- "$3"
