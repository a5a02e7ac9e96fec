# archive.sh SEGMENT NAME ARCHIVE
cd "$3" || exit 1
part=".$2.$$.$RANDOM"
case "$1" in /*) segment=$1;; *) segment=$OLDPWD/$1;; esac
cp -- "$segment" "$part" && mv -n -- "$part" "$2"
rm -f -- "$part"
cmp -s -- "$segment" "$2"
