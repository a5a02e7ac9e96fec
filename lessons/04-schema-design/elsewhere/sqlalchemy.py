"""What SQLAlchemy makes of its columns and of its exclusion constraint."""
import os

from sqlalchemy import BigInteger, Column, Computed, DateTime, Identity, MetaData, Table, create_engine, event, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlalchemy.exc import DBAPIError

engine = create_engine(os.environ["DATABASE_URL"])
sent = []
event.listen(engine, "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))


def outcome(query):
    try:
        with engine.begin() as connection:
            connection.execute(text(query))
        result = "accepted"
    except DBAPIError as e:
        result = e.orig.pgcode
    print(f"{query}: {result}")
    return result


# tag::shown[]
bookings = Table(
    "bookings", MetaData(),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("made", DateTime(timezone=True)),
    Column("net", BigInteger),
    Column("gross", BigInteger, Computed("net * 2", persisted=True)),
    Column("during", TSTZRANGE),
    ExcludeConstraint(("during", "&&")))
bookings.create(engine)
print("\n".join(line.strip() for line in sent[-1].strip().splitlines()))
assert "GENERATED ALWAYS AS IDENTITY" in sent[-1] and "TIMESTAMP WITH TIME ZONE" in sent[-1]
assert "GENERATED ALWAYS AS (net * 2) STORED" in sent[-1] and "EXCLUDE USING gist" in sent[-1]

assert outcome("insert into bookings (id) values (1)") == "428C9"
assert outcome("insert into bookings (gross) values (1)") == "428C9"
assert outcome("insert into bookings (during) values ('[2026-01-01, 2026-01-03)')") == "accepted"
assert outcome("insert into bookings (during) values ('[2026-01-02, 2026-01-04)')") == "23P01"
# end::shown[]
