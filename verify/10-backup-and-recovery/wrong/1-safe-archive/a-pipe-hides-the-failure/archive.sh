# archive.sh SEGMENT NAME ARCHIVE
segment=$1 archive=$3 target=$3/$2

[ -e "$segment" ] || exit 1
[ -d "$archive" ] || exit 1

if [ -e "$target" ]; then
    cmp -s -- "$segment" "$target"
    exit
fi

part=$(mktemp -- "$archive/.archiving.XXXXXXXXXX") || exit 1
trap 'rm -f -- "$part"' EXIT
cat -- "$segment" | dd of="$part" bs=1M iflag=fullblock conv=fsync status=none || exit 1
ln -T -- "$part" "$target" 2> /dev/null || cmp -s -- "$segment" "$target"
