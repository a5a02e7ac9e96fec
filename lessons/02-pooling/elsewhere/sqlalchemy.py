"""How many connections SQLAlchemy's pool has, when it tests them, and what it hands on."""
import os
import time

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, TimeoutError

URL = os.environ["DATABASE_URL"]
PID = "select pg_backend_pid()"


def check(what, found, expected):
    print(f"{what}: {found}")
    assert found == expected, expected


def value(connection, query):
    return connection.execute(text(query)).scalar()


def pid(engine):
    with engine.connect() as connection:
        return value(connection, PID)


def kill(pid):
    with create_engine(URL).connect() as administrator:
        value(administrator, f"select pg_terminate_backend({pid}, 5000)")


# tag::shown[]
engine = create_engine(URL)
check("by default", [engine.pool.size(), engine.pool.timeout()], [5, 30.0])

engine = create_engine(URL, pool_timeout=0.2)
lent = []
try:
    while True:
        lent.append(engine.connect())
except TimeoutError:
    check("connections until it waits", len(lent), 15)
for connection in lent:
    connection.close()
check("open when all are back", engine.pool.checkedin(), 5)

recycling = create_engine(URL, pool_recycle=2)
first = pid(recycling)
check("the same connection at once", pid(recycling) == first, True)
time.sleep(2.5)
check("the same after pool_recycle", pid(recycling) == first, False)

for pre_ping in False, True:
    engine = create_engine(URL, pool_pre_ping=pre_ping)
    kill(pid(engine))
    try:
        pid(engine)
        outcome = "works"
    except OperationalError:
        outcome = "fails"
    check(f"killed while idle, pool_pre_ping={pre_ping}", outcome, "works" if pre_ping else "fails")
with engine.connect() as connection:
    kill(value(connection, PID))
    try:
        value(connection, "select 1")
        outcome = "works"
    except OperationalError:
        outcome = "fails"
    check("killed while lent, with it", outcome, "fails")

engine = create_engine(URL, pool_size=1, max_overflow=0, future=True)
with engine.connect() as connection:
    value(connection, "select set_config('app.first', '7', false)")
    connection.commit()
    value(connection, "select set_config('app.second', '8', false)")
with engine.connect() as connection:
    check("set and committed", value(connection, "select current_setting('app.first', true)"), "7")
    second = value(connection, "select current_setting('app.second', true)")
    check("set and not committed", second, "")
# end::shown[]
