# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077

db=$1
folder=$2
keep=$3

mkdir -p -- "$folder"
part=$(mktemp -- "$folder/.backup-XXXXXXXX")
trap 'rm -f -- "$part"' EXIT

pg_dump --format=custom --file="$part" --dbname="$db"
# The script in full, as it would go to the server, must come out of it; the rows need no second look.
pg_restore --schema-only --file=/dev/null "$part"

dump="$folder/$db-$(date -u +%Y%m%dT%H%M%SZ).dump"
mv -- "$part" "$dump"

shopt -s nullglob
d='[0-9]'
dumps=("$folder/$db"-$d$d$d$d$d$d$d$d'T'$d$d$d$d$d$d'Z.dump')
for ((i = 0; i < ${#dumps[@]} - keep; i++)); do
  rm -f -- "${dumps[i]}"
done
echo "Backup completed: $dump"
