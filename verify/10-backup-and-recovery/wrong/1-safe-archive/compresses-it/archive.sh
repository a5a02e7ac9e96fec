# archive.sh SEGMENT NAME ARCHIVE
set -eu
segment=$1 name=$2 archive=$3
final="$archive/$name"

if [ -e "$final" ]; then
  cmp "$segment" "$final"                   # the same once more is a success, anything else an alarm
  exit 0
fi

part=$(mktemp "$archive/.part-XXXXXX")      # of this run alone, and no name of a segment
trap 'rm -f "$part"' EXIT                   # kill -9 leaves it, and it is in nobody's way
gzip -c "$segment" > "$part"
sync "$part"                                # on the disk, before we say so
ln "$part" "$final"   # one step; refuses when somebody was quicker
