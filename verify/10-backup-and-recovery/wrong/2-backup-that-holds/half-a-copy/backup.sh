# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
shopt -s nullglob
umask 077
db=$1
folder=$2
keep=$3

final=$folder/$db-$(date -u +%Y%m%dT%H%M%SZ).dump

# nothing half-done in the folder: it is written and read elsewhere, and copied when it is known to be good
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

pg_dump --format=custom --file="$work/dump" --dbname="$db"
pg_restore --file=/dev/null "$work/dump"
cp -- "$work/dump" "$final"
cmp -- "$work/dump" "$final"

dumps=("$folder/$db"-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z.dump)
surplus=$(( ${#dumps[@]} - keep ))
if (( surplus > 0 )); then
    rm -f -- "${dumps[@]:0:surplus}"
fi
echo "Backup completed: $final"
