# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077
export LC_ALL=C

db=$1
folder=$2
keep=$3

final="$folder/$db-$(date -u +%Y%m%dT%H%M%SZ).dump"
part="$final.part"
trap 'rm -f -- "$part"' EXIT

pg_dump --format=custom --file="$part" --dbname="$db"
pg_restore --file=/dev/null "$part"

# The new one is whole: make room for it, then give it its name.
digit='[0-9]'
day="$digit$digit$digit$digit$digit$digit$digit$digit"
time="$digit$digit$digit$digit$digit$digit"
shopt -s nullglob
old=("$folder/$db"-${day}T${time}Z.dump)
for ((i = 0; i < ${#old[@]} - (keep - 1); i++)); do
  rm -- "${old[i]}"
done
mv -- "$part" "$final"
