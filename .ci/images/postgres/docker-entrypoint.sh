#!/bin/bash
# What "docker run postgres" promises, as far as the course relies on it: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB,
# POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD, PGDATA, files in /docker-entrypoint-initdb.d on an empty data folder,
# and options for the server as the command.
set -Eeuo pipefail
umask 0077

initialise() {
    if [[ -z ${POSTGRES_PASSWORD:-} && ${POSTGRES_HOST_AUTH_METHOD:-} != trust ]]; then
        echo 'Error: the data folder is empty and no POSTGRES_PASSWORD is given for its superuser.' >&2
        exit 1
    fi
    # shellcheck disable=SC2086 # several words by intent
    initdb --pgdata="$PGDATA" --username="$user" --pwfile=<(echo "${POSTGRES_PASSWORD:-}") ${POSTGRES_INITDB_ARGS:-}
    printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
    pg_ctl --pgdata="$PGDATA" --wait --options="$(printf '%q ' "${@:2}" -c listen_addresses=)" start
    run_first_scripts
    pg_ctl --pgdata="$PGDATA" --wait --mode=fast stop
    printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

run_first_scripts() {
    local script psql=(psql --no-psqlrc --set=ON_ERROR_STOP=1 --username="$user")
    if [[ $database != postgres ]]; then
        "${psql[@]}" --dbname=postgres --set=database="$database" <<<'create database :"database";'
    fi
    for script in /docker-entrypoint-initdb.d/*; do
        case $script in
            *.sh) if [[ -x $script ]]; then "$script"; else . "$script"; fi ;;
            *.sql) "${psql[@]}" --dbname="$database" --file="$script" ;;
            *.sql.gz) gunzip --stdout "$script" | "${psql[@]}" --dbname="$database" ;;
        esac
    done
}

if [[ $# -eq 0 || $1 == -* ]]; then set -- postgres "$@"; fi
if [[ $1 != postgres ]]; then exec "$@"; fi

# PostgreSQL refuses to run as root.
if [[ $(id -u) == 0 ]]; then
    install -d -o postgres -g postgres -m 0700 "$PGDATA"
    install -d -o postgres -g postgres -m 3777 /var/run/postgresql
    chown -R postgres:postgres "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$0" "$@"
fi

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
export PGPASSWORD=${POSTGRES_PASSWORD:-}
if [[ ! -s $PGDATA/PG_VERSION ]]; then initialise "$@"; fi
unset PGPASSWORD
exec "$@"
