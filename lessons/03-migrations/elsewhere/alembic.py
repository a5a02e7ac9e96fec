"""What Alembic runs in one transaction, and what its columns become."""
import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

engine = create_engine(os.environ["DATABASE_URL"])
ENVIRONMENT = """
from alembic import context
with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, version_table=context.config.attributes["versions"],
                      transaction_per_migration=context.config.attributes["each"])
    with context.begin_transaction():
        context.run_migrations()
"""


def upgrade(what, *bodies, each=False):
    """Runs new revisions in a folder of their own; returns the SQLSTATE of a failure, or "accepted"."""
    folder = Path(what.replace(" ", "_"))
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENVIRONMENT)
    for number, body in enumerate(bodies, start=1):
        (folder / "versions" / f"{number}.py").write_text(
            "from alembic import op\nimport sqlalchemy as sa\n"
            f"revision = '{number}'\ndown_revision = {str(number - 1) if number > 1 else None!r}\n"
            f"def upgrade():\n{body}")
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.attributes.update(engine=engine, versions="versions_" + folder.name, each=each)
    try:
        command.upgrade(config, "head")
        result = "accepted"
    except DBAPIError as e:
        result = e.orig.pgcode
    print(f"{what}: {result}")
    return result


def found(query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


# tag::shown[]
DRAFTS = """
    op.create_table("drafts", sa.Column("at", sa.DateTime()), sa.Column("zoned", sa.DateTime(timezone=True)),
                    sa.Column("here", sa.Integer, default=1), sa.Column("there", sa.Integer, server_default="1"))
"""
FAILS = """
    op.execute("select 1 / 0")
"""
INDEX = """
    op.create_index("drafts_at", "drafts", ["at"], postgresql_concurrently=True)
"""
OUTSIDE = """
    with op.get_context().autocommit_block():
        op.create_index("drafts_at", "drafts", ["at"], postgresql_concurrently=True)
"""
EXISTS = "select to_regclass('drafts') is not null"

assert upgrade("a file, then one that fails", DRAFTS, FAILS) == "22012"
print("  the first file's table is there:", found(EXISTS)[0][0])
assert found(EXISTS) == [(False,)]

assert upgrade("the same with transaction_per_migration", DRAFTS, FAILS, each=True) == "22012"
print("  the first file's table is there:", found(EXISTS)[0][0])
assert found(EXISTS) == [(True,)]

for column, kind, default in found("""
        select column_name, data_type, column_default from information_schema.columns
        where table_name = 'drafts' order by ordinal_position"""):
    print(f"  {column}: {kind}, default {default}")

assert upgrade("an index, concurrently, in a file of its own", INDEX) == "25001"
assert upgrade("the same in transactions of their own", INDEX, each=True) == "25001"
assert upgrade("in an autocommit_block", OUTSIDE) == "accepted"
# end::shown[]
assert found("select data_type, column_default from information_schema.columns "
             "where table_name = 'drafts' order by ordinal_position") == [
    ("timestamp without time zone", None), ("timestamp with time zone", None), ("integer", None), ("integer", "1")]
