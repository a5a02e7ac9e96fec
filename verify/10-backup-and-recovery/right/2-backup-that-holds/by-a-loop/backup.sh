set -euo pipefail
umask 0077
shopt -s nullglob
new="$2/$1-$(date --utc +%Y%m%dT%H%M%SZ).dump"
if pg_dump -Fc "$1" > "$new.part" && pg_restore "$new.part" -f /dev/null; then
  mv -- "$new.part" "$new"
else
  rm -f -- "$new.part"
  exit 1
fi
all=("$2/$1"-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z.dump)
for ((i = 0; i < ${#all[@]} - $3; i++)); do
  rm -- "${all[i]}"
done
