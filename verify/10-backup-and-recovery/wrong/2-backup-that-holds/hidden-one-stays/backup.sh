# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077

db=$1
folder=$2
keep=$3
name=$db-$(date -u +%Y%m%dT%H%M%SZ).dump

mkdir -p -- "$folder"

# Hidden until it is whole; a broken one stays for whoever looks into it, and no pattern sees it.
part=$folder/.$name
pg_dump -Fc -d "$db" -f "$part"
pg_restore -f /dev/null "$part"
mv -- "$part" "$folder/$name"

day='[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'
time='[0-9][0-9][0-9][0-9][0-9][0-9]'
dumps=("$folder/$db"-${day}T${time}Z.dump)
for ((i = 0; i < ${#dumps[@]} - keep; i++)); do
  rm -f -- "${dumps[i]}"
done
echo "Backup completed: $folder/$name"
