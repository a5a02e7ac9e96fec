"""What psycopg sends for a datetime with a zone, and for one without."""
import os
from datetime import datetime, timezone

import psycopg
import psycopg2

# tag::shown[]
WITH_ZONE = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
WITHOUT = datetime(2026, 1, 1, 12)

for driver in psycopg2, psycopg:
    connection = driver.connect(os.environ["DATABASE_URL"])
    cursor = connection.cursor()
    cursor.execute("set timezone = 'Pacific/Auckland'")
    cursor.execute("select pg_typeof(%s)::text, pg_typeof(%s)::text", [WITH_ZONE, WITHOUT])
    types = cursor.fetchone()
    print(driver.__name__, types)
    assert types == ("timestamp with time zone", "timestamp without time zone")

    cursor.execute("select %s = %s::timestamptz", [WITH_ZONE, WITHOUT])
    same = cursor.fetchone()[0]
    print("  the same instant in a session in Auckland:", same)
    assert not same
    connection.close()
# end::shown[]
