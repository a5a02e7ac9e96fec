# backup.sh DATABASE FOLDER KEEP
set -euo pipefail
umask 077
export LC_ALL=C

db=$1
folder=$2
keep=$3

final="$folder/$db-$(date -u +%Y%m%dT%H%M%SZ).dump"
part="$final.part"

write() {
  pg_dump --format=custom --file="$part" --dbname="$db"
  pg_restore --file=/dev/null "$part" && mv -- "$part" "$final"
}

prune() {
  shopt -s nullglob
  local digit='[0-9]' day time all i
  day="$digit$digit$digit$digit$digit$digit$digit$digit"
  time="$digit$digit$digit$digit$digit$digit"
  all=("$folder/$db"-${day}T${time}Z.dump)
  for ((i = 0; i < ${#all[@]} - keep; i++)); do
    rm -- "${all[i]}"
  done
}

write || {
  rm -f -- "$part"
  echo "no backup of $db" >&2
  exit 1
}
prune
