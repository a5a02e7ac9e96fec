# archive.sh SEGMENT NAME ARCHIVE
set -eu
segment=$1 name=$2 archive=$3
final="$archive/$name"

if [ -e "$final" ]; then
  cmp "$segment" "$final"                   # the same once more is a success, anything else an alarm
  exit 0
fi

part="$archive/.part-$name"
[ ! -e "$part" ]                            # somebody is at it
cp "$segment" "$part"
sync "$part"                                # on the disk, before we say so
ln "$part" "$final" || cmp "$segment" "$final"; rm "$part"   # one step; refuses when somebody was quicker
