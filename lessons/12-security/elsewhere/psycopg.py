"""What gets in by psycopg 3, psycopg2 and SQLAlchemy."""
import os
import psycopg
import psycopg2
import sqlalchemy
from psycopg import sql

ATTACK = "' or '1'='1"
STACKED = "'; update py_members set card = 'mine'; --"
SORT = "case when substr(card, 1, 1) = '4' then -id else id end"


def said(what, expected, work):
    try:
        answer = str(work())
    except psycopg.Error as refused:
        answer = refused.sqlstate
    except psycopg2.Error as refused:
        answer = refused.pgcode
    except sqlalchemy.exc.SQLAlchemyError as refused:
        answer = type(refused).__name__
    print(f"{what}: {answer}")
    assert answer == expected, expected


with psycopg.connect("", autocommit=True) as conn:
    conn.execute("drop table if exists py_members")
    conn.execute("create table py_members (id int primary key, name text, card text)")
    conn.execute("insert into py_members values (1, 'Ann', '4000'), (2, 'Bob', '5500')")
    changed = lambda: conn.execute("select count(*) from py_members where card = 'mine'").fetchone()[0]

    said("psycopg, an f-string", "2", lambda: conn.execute(f"select * from py_members where name = '{ATTACK}'").rowcount)
    said("psycopg, %s", "0", lambda: conn.execute("select * from py_members where name = %s", [ATTACK]).rowcount)
    said("psycopg, an f-string beside %s, stacked", "42601", lambda: conn.execute(
        f"select * from py_members where id = %s or name = '{STACKED}", [1]))
    said("cards changed", "0", changed)
    said("psycopg, sql.Identifier(from outside)", "42703", lambda: conn.execute(
        sql.SQL("select id from py_members order by {}").format(sql.Identifier(SORT))))

    old = psycopg2.connect("")
    old.autocommit = True
    cursor = old.cursor()
    said("psycopg2, the same, stacked", "None", lambda: cursor.execute(
        f"select * from py_members where id = %s or name = '{STACKED}", [1]))
    said("cards changed", "2", changed)
    old.close()

engine = sqlalchemy.create_engine(os.environ["DATABASE_URL"])
members = sqlalchemy.table("py_members", sqlalchemy.column("id"), sqlalchemy.column("name"))
with engine.connect() as conn:
    ids = lambda query: [row.id for row in conn.execute(query)]
    said("SQLAlchemy, ==", "[]", lambda: ids(sqlalchemy.select(members).where(members.c.name == ATTACK)))
    said("SQLAlchemy, text(an f-string)", "[1, 2]",
         lambda: ids(sqlalchemy.text(f"select id from py_members where name = '{ATTACK}'")))
    said("SQLAlchemy, order_by(from outside)", "CompileError", lambda: ids(sqlalchemy.select(members).order_by(SORT)))
    said("SQLAlchemy, contains('%')", "[1, 2]", lambda: ids(sqlalchemy.select(members).where(members.c.name.contains("%"))))
    said("SQLAlchemy, contains('%', autoescape=True)", "[]",
         lambda: ids(sqlalchemy.select(members).where(members.c.name.contains("%", autoescape=True))))
