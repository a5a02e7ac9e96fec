"""How psycopg 3 calls a procedure that commits, and hears the bell."""
import psycopg

with psycopg.connect("") as conn:
    conn.execute("create procedure psycopg_commits() language plpgsql as $$ begin commit; end $$")
    conn.commit()
    try:
        conn.execute("call psycopg_commits()")
        raise AssertionError("it committed")
    except psycopg.Error as refused:
        print("call:", refused.sqlstate)
        assert refused.sqlstate == "2D000"
    conn.rollback()
    conn.autocommit = True
    conn.execute("call psycopg_commits()")
    print("with autocommit: accepted")

    print("callproc:", "there" if hasattr(conn.cursor(), "callproc") else "not there")
    assert not hasattr(conn.cursor(), "callproc")

    conn.execute("listen psycopg_news")
    with psycopg.connect("", autocommit=True) as other:
        other.execute("notify psycopg_news, 'hello'")
    heard = next(conn.notifies())
    print("notifies():", heard.payload)
    assert heard.payload == "hello"
