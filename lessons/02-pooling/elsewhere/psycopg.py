"""What the pools of psycopg2 and psycopg 3 do when they are empty, full and broken."""
import os

import psycopg
from psycopg2.pool import PoolError, SimpleConnectionPool, ThreadedConnectionPool
from psycopg_pool import ConnectionPool, PoolTimeout

URL = os.environ["DATABASE_URL"]


def check(what, found, expected):
    print(f"  {what}: {found}")
    assert found == expected, expected


def value(connection, query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


# tag::shown[]
for kind in SimpleConnectionPool, ThreadedConnectionPool:
    print(f"{kind.__name__}: {kind.__doc__}")
    pool = kind(1, 2, URL)
    first, second = pool.getconn(), pool.getconn()
    try:
        pool.getconn()
        raise AssertionError("a third of two")
    except PoolError as e:
        check("the third", str(e), "connection pool exhausted")
    pool.putconn(first)
    pool.putconn(second)
    closed = [bool(first.closed), bool(second.closed)]
    check("closed when given back", closed, [False, True])

    connection = pool.getconn()
    value(connection, "select set_config('app.tenant', '7', false)")
    connection.commit()
    pool.putconn(connection)
    found = value(pool.getconn(), "select current_setting('app.tenant')")
    check("the next borrower finds", found, "7")
    pool.closeall()

print("ConnectionPool")
with ConnectionPool(URL, min_size=1, max_size=1) as pool:
    check("waits for", pool.timeout, 30.0)
    with pool.connection() as connection:
        value(connection, "select set_config('app.tenant', '7', false)")
        pid = value(connection, "select pg_backend_pid()")
        try:
            pool.getconn(timeout=0.2)
            raise AssertionError("a second of one")
        except PoolTimeout as e:
            check("the second", type(e).__name__, "PoolTimeout")
    with pool.connection() as connection:
        found = value(connection, "select current_setting('app.tenant')")
        check("the next borrower finds", found, "7")

    with psycopg.connect(URL, autocommit=True) as administrator:
        administrator.execute("select pg_terminate_backend(%s, 5000)", [pid])
    try:
        with pool.connection() as connection:
            value(connection, "select 1")
        outcome = "works"
    except psycopg.OperationalError:
        outcome = "fails"
    check("killed while idle", outcome, "fails")
# end::shown[]
