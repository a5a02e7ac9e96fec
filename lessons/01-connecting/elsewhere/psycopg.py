"""Who binds, what the end of a block does, and what is in memory: psycopg2 and psycopg 3."""
import os

import psycopg
import psycopg2

URL = os.environ["DATABASE_URL"]
MANY = "select nextval('odometer') from generate_series(1, 20000)"
IN_TRANSACTION = 2  # of libpq
somebody_else = psycopg.connect(URL, autocommit=True)


def seen(query):
    return somebody_else.execute(query).fetchone()[0]


def produced(cursor):
    """How many rows the server has produced for the first."""
    start = seen("select nextval('odometer')")
    cursor.execute(MANY)
    cursor.fetchone()
    return seen("select last_value from odometer") - start


def failure(cursor, *query):
    try:
        cursor.execute(*query)
    except (psycopg2.Error, psycopg.Error) as e:
        return e
    return None


def check(what, found, expected):
    print(f"  {what}: {found}")
    assert found == expected, expected


somebody_else.execute("create sequence odometer")
somebody_else.execute("create table shoppers (email text constraint one_account_per_email primary key)")

# tag::shown[]
for driver in psycopg2, psycopg:
    print(driver.__name__)
    old = driver is psycopg2

    with driver.connect(URL) as connection:
        cursor = connection.cursor()
        cursor.execute("select current_query(), %s", ["Ann"])
        arrived = "select current_query(), 'Ann'" if old else "select current_query(), $1"
        check("arrived", cursor.fetchone()[0], arrived)
        check("the select has opened a transaction",
              connection.info.transaction_status == IN_TRANSACTION, True)
        cursor.execute("insert into shoppers values ('Ann')")
    check("committed by the end of the block", seen("select count(*) from shoppers"), 1)
    check("closed by it", bool(connection.closed), not old)
    try:
        with driver.connect(URL) as connection:
            connection.cursor().execute("delete from shoppers")
            raise KeyError("a bug")
    except KeyError:
        check("left after a failure in the block", seen("select count(*) from shoppers"), 1)

    forgotten = driver.connect(URL)
    forgotten.cursor().execute("delete from shoppers")
    forgotten.close()
    check("left after a close without commit", seen("select count(*) from shoppers"), 1)

    connection = driver.connect(URL)
    cursor = connection.cursor()
    cursor.execute("select 1; select 2")
    error = failure(cursor, "select %s::int; select 2", [1])
    check("two statements with a value", error and error.sqlstate, None if old else "42601")
    connection.rollback()

    remembered = []
    for time in range(8):
        cursor.execute("select %s::int", [time])
        cursor.execute("select count(*) from pg_prepared_statements where statement like 'select $%'")
        remembered.append(cursor.fetchone()[0])
    expected = [0] * 8 if old else [0] * 5 + [1] * 3
    check("prepared after each of eight executions", remembered, expected)

    cursor.execute("select 1::bigint, 1::numeric")
    kinds = [type(value).__name__ for value in cursor.fetchone()]
    check("bigint, numeric", kinds, ["int", "Decimal"])

    check("rows for the first", produced(connection.cursor()), 20000)
    check("rows for the first, cursor with a name", produced(connection.cursor("named")), 1)

    error = failure(cursor, "insert into shoppers values ('Ann')")
    check("SQLSTATE", error.pgcode if old else error.sqlstate, "23505")
    check("constraint", error.diag.constraint_name, "one_account_per_email")
    connection.close()
    somebody_else.execute("truncate shoppers")

with psycopg.connect(URL) as connection:
    start = seen("select nextval('odometer')")
    rows = connection.cursor().stream(MANY.replace("select", "select repeat('x', 10000),"))
    next(rows)
    all_of_them = seen("select last_value from odometer") - start == 20000
    check("stream() has read all for the first", all_of_them, False)
    rows.close()
# end::shown[]
