# archive.sh SEGMENT NAME ARCHIVE
segment=$1
archived=$3/$2

# A segment has 16 MB.
same() {
  cmp -s -n 16777216 -- "$segment" "$archived"
}

[ -f "$segment" ] && [ -d "$3" ] || exit 1
if [ -e "$archived" ]; then
  same
  exit
fi

part=$(mktemp -- "$3/.$2.XXXXXX") || exit 1
trap 'rm -f -- "$part"' EXIT
cp -- "$segment" "$part" && sync -- "$part" || exit 1
ln -T -- "$part" "$archived" 2>/dev/null
same
