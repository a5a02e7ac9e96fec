# archive.sh SEGMENT NAME ARCHIVE
cp $1 $3/$2
