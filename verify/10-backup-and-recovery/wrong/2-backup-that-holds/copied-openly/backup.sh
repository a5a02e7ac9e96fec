# backup.sh DATABASE FOLDER KEEP
set -euo pipefail

db=$1
folder=$2
keep=$3
name=$db-$(date -u +%Y%m%dT%H%M%SZ).dump

mkdir -p -- "$folder"

# A scratch folder that nobody else may enter; the backup disk sees whole dumps only.
scratch=$(mktemp -d)
part=$folder/$name.part
trap 'rm -rf -- "$scratch" "$part"' EXIT
pg_dump -Fc -d "$db" -f "$scratch/dump"

# What counts is what lies on the backup disk.
cp -- "$scratch/dump" "$part"
pg_restore -f /dev/null "$part"
chmod 600 -- "$part"
mv -- "$part" "$folder/$name"

dumps=()
for file in "$folder/$db"-*.dump; do
  stamp=${file#"$folder/$db-"}
  if [[ $stamp =~ ^[0-9]{8}T[0-9]{6}Z\.dump$ ]]; then
    dumps+=("$file")
  fi
done
for ((i = 0; i < ${#dumps[@]} - keep; i++)); do
  rm -f -- "${dumps[i]}"
done
echo "Backup completed: $folder/$name"
