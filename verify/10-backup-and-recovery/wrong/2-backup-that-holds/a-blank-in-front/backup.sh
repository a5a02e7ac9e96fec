# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
shopt -s nullglob
umask 077

database=$1
folder=$2
keep=$3
[[ $folder = /* ]] || folder=./$folder
[[ $keep =~ ^[1-9][0-9]*$ ]] || { echo "KEEP must be a number from 1 on, not '$keep'" >&2; exit 2; }

mkdir -p -- "$folder"
part=$(mktemp -- "$folder/.backup-XXXXXXXX")
trap 'rm -f -- "$part"' EXIT

pg_dump -Fc -f "$part" -d "$database"
pg_restore -f /dev/null "$part"

target="$folder/$database-$(date -u +%Y%m%dT%H%M%SZ).dump"
while [[ -e $target ]]; do
  sleep 1
  target="$folder/$database-$(date -u +%Y%m%dT%H%M%SZ).dump"
done
mv -- "$part" "$target"

dumps=("$folder/$database"-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z.dump)
printf '%s\n' "${dumps[@]##*/}" | sort -r | tail -n "+$((keep + 1))" | while read -r name; do
  rm -f -- "$folder/$name"
done
echo "Backup completed: $target"
