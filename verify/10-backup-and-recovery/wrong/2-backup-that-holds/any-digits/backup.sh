# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077

db=$1
folder=$2
keep=$3
name=$db-$(date -u +%Y%m%dT%H%M%SZ).dump

mkdir -p -- "$folder"
part=$folder/$name.part
trap 'rm -f -- "$part"' EXIT
pg_dump -Fc -d "$db" -f "$part"
pg_restore -f /dev/null "$part"
mv -- "$part" "$folder/$name"

# Digits after the name: the dumps of shop-test are not those of shop.
dumps=("$folder/$db"-[0-9]*T[0-9]*Z.dump)
for ((i = 0; i < ${#dumps[@]} - keep; i++)); do
  rm -f -- "${dumps[i]}"
done
echo "Backup completed: $folder/$name"
