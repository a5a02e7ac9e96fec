"""Which sessions two blocks of SQLAlchemy's engine have."""
import os

from sqlalchemy import create_engine, text

url = os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg2:")
engine = create_engine(url, pool_size=3)


# tag::shown[]
def session(connection):
    return connection.execute(text("select pg_backend_pid()")).scalar_one()


with engine.connect() as connection:
    start = session(connection)
with engine.connect() as somebody_else:      # a request, meanwhile
    with engine.connect() as connection:
        stop = session(connection)
print("two blocks:", "one session" if start == stop else "two sessions")

with engine.connect() as connection:
    first, second = session(connection), session(connection)
print("one block:", "one session" if first == second else "two sessions")
# end::shown[]
assert start != stop
assert first == second
