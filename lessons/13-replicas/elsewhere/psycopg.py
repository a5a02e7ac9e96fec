"""Which server libpq takes, and so psycopg. The only server here is a primary."""
import os
import psycopg


def took(attributes):
    # tag::shown[]
    url = os.environ["DATABASE_URL"]
    try:
        with psycopg.connect(url, target_session_attrs=attributes, connect_timeout=10) as connection:
            return "standby" if connection.execute("select pg_is_in_recovery()").fetchone()[0] else "primary"
    except psycopg.OperationalError as refused:
        return "refused: " + str(refused).strip().split(": ")[-1]
    # end::shown[]


for attributes, expected in [("any", "primary"), ("read-write", "primary"), ("primary", "primary"),
                             ("prefer-standby", "primary"), ("standby", "refused")]:
    answer = took(attributes)
    print(f"target_session_attrs={attributes}: {answer}")
    assert answer.startswith(expected), answer
