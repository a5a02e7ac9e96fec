# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077                                       # before there is anything to read
db=$1 folder=$2 keep=$3
digit='[0-9]'
day="$digit$digit$digit$digit$digit$digit$digit$digit" time="$digit$digit$digit$digit$digit$digit"

part=$(mktemp "$folder/.part-XXXXXX")           # whole, or not there under its name
trap 'rm -f "$part"' EXIT
pg_dump -Fc -f "$part" -d "$db"
pg_restore -f /dev/null "$part"                 # reads all of it, where -l reads the list
mv "$part" "$folder/$db-$(date -u +%Y%m%dT%H%M%SZ).dump"

# Only now. The names sort by time, whatever the files' own times are.
cd "$folder"
ls -r -- "$db"-${day}T${time}Z.dump | tail -n "+$((keep + 1))" | while IFS= read -r old; do
  rm -f -- "$old"
done
