# fetch.sh NAME PATH ARCHIVE
cp $3/$1 $2
