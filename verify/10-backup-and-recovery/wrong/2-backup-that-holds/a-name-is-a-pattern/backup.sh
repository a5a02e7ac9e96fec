# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077
db=$1
folder=$2
keep=$3

final=$folder/$db-$(date -u +%Y%m%dT%H%M%SZ).dump
part=$(mktemp -- "$folder/.backup.XXXXXX")
trap 'rm -f -- "$part"' EXIT

pg_dump --format=custom --file="$part" --dbname="$db"
pg_restore --file=/dev/null "$part"
sync -- "$part"
mv -- "$part" "$final"

# the names sort by time: the newest first, and all behind the first KEEP go
mapfile -t dumps < <(find "$folder" -maxdepth 1 -type f -printf '%f\n' \
    | grep -E "^$db-[0-9]{8}T[0-9]{6}Z\.dump$" | sort -r)
for old in "${dumps[@]:$keep}"; do
    rm -f -- "$folder/$old"
done
echo "Backup completed: $final"
