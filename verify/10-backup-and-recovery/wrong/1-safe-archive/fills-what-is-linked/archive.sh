# archive.sh SEGMENT NAME ARCHIVE
set -u
segment=$1
target=$3/$2
part=$3/.$2.part

[ -f "$segment" ] || exit 1
# what an earlier try has left behind is written anew
cp -- "$segment" "$part" && sync -- "$part" || { rm -f -- "$part"; exit 1; }
ln -T -- "$part" "$target" 2>/dev/null
rm -f -- "$part"
# made by us, or there before: the same it must be
cmp -s -- "$segment" "$target"
