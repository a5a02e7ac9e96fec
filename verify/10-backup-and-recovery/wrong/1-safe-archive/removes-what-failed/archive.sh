# archive.sh SEGMENT NAME ARCHIVE
set -u
segment=$1 name=$2 archive=$3
final="$archive/$name"

if [ -e "$final" ]; then
  cmp "$segment" "$final"
  exit
fi
# Not under a part's name: what fails is removed.
if (set -C; : > "$final") && cp "$segment" "$final"; then
  sync
else
  cmp "$segment" "$final" || { rm -f "$final"; exit 1; }
fi
