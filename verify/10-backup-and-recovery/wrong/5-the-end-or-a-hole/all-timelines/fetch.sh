# fetch.sh NAME PATH ARCHIVE
set -u
export LC_ALL=C                             # names are compared as bytes
name=$1 path=$2 archive=$3

stop() {                                    # above 125: recovery ends here, and says why
  rm -f "$path"
  echo "fetch.sh: $1" >&2
  exit 200
}

[ -n "$(ls -A "$archive" 2> /dev/null)" ] || stop "$archive is not there, or empty"
if [ -e "$archive/$name" ]; then
  cp "$archive/$name" "$path" || stop "$name cannot be copied"
  exit 0
fi
if [ -e "$archive/$name.gz" ]; then
  gunzip -c "$archive/$name.gz" > "$path" || stop "$name.gz cannot be unpacked"
  exit 0
fi

segment='^[0-9A-F]{24}$'
if [[ $name =~ $segment ]]; then
  for file in "$archive"/*; do
    later=${file##*/}
    later=${later%.gz}
    if [[ $later =~ $segment && $later > $name ]]; then
      stop "$name is missing, and $later is there"
    fi
  done
fi
exit 1                                      # the end
