"""When psycopg 3 prepares, what it says of a failure, and how psycopg2 sends many rows."""
import os

import psycopg
import psycopg2
from psycopg2.extras import execute_values

# tag::shown[]
with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
    for time in range(1, 11):
        connection.execute("select %s::int", [time])
        found = connection.execute("select from pg_prepared_statements", prepare=False)
        if found.rowcount > 0:
            print("psycopg 3 prepares at execution", time)
            break
    assert time == connection.prepare_threshold + 1

    try:
        connection.execute("do $$ begin raise serialization_failure; end $$")
    except psycopg.Error as e:
        print("sqlstate of a failure:", e.sqlstate)
        assert e.sqlstate == "40001"

# A trigger counts the statements.
with psycopg2.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
    cursor.execute("""
        create table numbers (n int);
        create table statements (kind text);
        create function count_it() returns trigger language plpgsql as
          $$ begin insert into statements values ('insert'); return null; end $$;
        create trigger counted after insert on numbers execute function count_it()""")
    rows = [(n,) for n in range(500)]

    cursor.executemany("insert into numbers values (%s)", rows)
    cursor.execute("with gone as (delete from statements returning 1) select count(*) from gone")
    one_by_one = cursor.fetchone()[0]

    execute_values(cursor, "insert into numbers values %s", rows)
    cursor.execute("select count(*) from statements")
    many_at_once = cursor.fetchone()[0]

print("psycopg2, 500 rows: executemany", one_by_one, "statements, execute_values", many_at_once)
assert (one_by_one, many_at_once) == (500, 5)
# end::shown[]
