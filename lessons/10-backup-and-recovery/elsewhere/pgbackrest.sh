#!/bin/bash
# A small shop with pgBackRest: archive, full backup, and back to a moment after the data folder is gone.
set -euo pipefail
if [ "$(id -u)" = 0 ]; then                                  # PostgreSQL refuses to run as root
    exec setpriv --reuid=65534 --regid=65534 --clear-groups bash -c "$(cat "$0")"
fi
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
export HOME=$PWD PGHOST=$PWD PGPORT=5432 PGUSER=postgres PGDATABASE=postgres PGCONNECT_TIMEOUT=10
unset PGPASSWORD

start() { # The server goes with this script, however that ends.
    setpriv --pdeathsig INT "$bin/postgres" -D data -k "$PWD" -c listen_addresses= -c fsync=off \
        -c dynamic_shared_memory_type=mmap >>server.log 2>&1 &
    server=$!
    for _ in $(seq 300); do
        if [ "$("$bin/psql" -XAt -c 'select pg_is_in_recovery()' 2>&1)" = f ]; then return; fi
        kill -0 $server || break
        sleep 0.1
    done
    echo "the server does not open:" >&2
    tail -n 20 server.log >&2
    return 1
}
crash() { kill -QUIT "$server" 2>/dev/null || true; wait "$server" || true; } # without a last checkpoint
trap '[ -z "${server-}" ] || crash' EXIT

sql() { timeout 20 "$bin/psql" -qXAt -v ON_ERROR_STOP=1 -c "$1"; }
pgbackrest() { timeout 120 pgbackrest "$@"; }
claim() { [ "$2" = "$3" ] || { echo "$1: $3 in place of $2" >&2; exit 1; }; echo "$1: $3"; }

"$bin/initdb" -D data -U postgres -A trust -E UTF8 --no-locale --no-sync >init.log

# tag::shown[]
cat >pgbackrest.conf <<CONF
[global]
repo1-path=$PWD/repository
repo1-retention-full=1
start-fast=y
log-level-file=off
lock-path=$PWD/lock
spool-path=$PWD/spool
[shop]
pg1-path=$PWD/data
CONF
export PGBACKREST_CONFIG=$PWD/pgbackrest.conf PGBACKREST_STANZA=shop

cat >>data/postgresql.conf <<CONF
archive_mode = on
archive_command = 'pgbackrest archive-push %p'
CONF
start
pgbackrest stanza-create
pgbackrest check                                             # a segment goes the whole way

sql "create table orders as select n as id, 'at night' as note from generate_series(1, 1000) n"
pgbackrest --type=full backup
sleep 1                                                      # backups end at whole seconds
sql "insert into orders select n, 'later' from generate_series(1001, 1100) n"
before=$(sql "select clock_timestamp()")
sql "delete from orders"                                     # no where
segment=$(sql "select pg_walfile_name(pg_switch_wal())")
pgbackrest check                                             # so that one is there, too

cp "data/pg_wal/$segment" "$segment"
pgbackrest archive-push "$PWD/$segment" 2>warned.txt
echo "a segment once more: exit code $?"
printf Z | dd of="$segment" bs=1 seek=16000000 conv=notrunc status=none
pgbackrest archive-push "$PWD/$segment" 2>refused.txt || refused=$?
echo "another one of the same name: exit code $refused"

crash
rm -r data; mkdir -m 700 data                                # and the disk as well
pgbackrest --type=time --target="2024-12-09 10:30:00+00" restore 2>early.txt || early=$?
echo "back to a time before the backup: exit code $early"
pgbackrest --type=time --target="$before" --target-action=promote restore
start
claim "back to the moment before the delete" "1100 orders" "$(sql "select count(*) from orders") orders"

pgbackrest --type=full backup
kept=$(pgbackrest --output=json info | grep -o '"type":"full"' | wc -l)
claim "after one more, with repo1-retention-full=1" "1 backup" "$kept backup"
# end::shown[]
grep -q "with the same checksum" warned.txt
grep -q "with a different checksum" refused.txt
grep -q "unable to find backup set with stop time less than" early.txt
