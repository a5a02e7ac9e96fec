# archive.sh SEGMENT NAME ARCHIVE
set -eu
segment=$1 name=$2 archive=$3
final="$archive/$name"

if [ -e "$final" ]; then
  exit 1
fi

part=$(mktemp "$archive/.part-XXXXXX")      # of this run alone, and no name of a segment
trap 'rm -f "$part"' EXIT                   # kill -9 leaves it, and it is in nobody's way
cp "$segment" "$part"
sync "$part"                                # on the disk, before we say so
ln "$part" "$final" || cmp "$segment" "$final"   # one step; refuses when somebody was quicker
