"""When a value that a revision of Alembic's adds to an enum may be used."""
import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

engine = create_engine(os.environ["DATABASE_URL"])
ENVIRONMENT = """
from alembic import context
attributes = context.config.attributes
with attributes["engine"].connect() as connection:
    context.configure(connection=connection, version_table=attributes["versions"],
                      transaction_per_migration=attributes["each"])
    with context.begin_transaction():
        context.run_migrations()
"""


def upgrade(what, *bodies, each=False):
    """Runs revisions in a folder of their own; returns the SQLSTATE of a failure, or "accepted"."""
    folder = Path(what.replace(",", "").replace(" ", "_"))
    (folder / "versions").mkdir(parents=True)
    (folder / "env.py").write_text(ENVIRONMENT)
    for number, body in enumerate(bodies, start=1):
        (folder / "versions" / f"{number}.py").write_text(
            "from alembic import op\n"
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


with engine.begin() as connection:
    connection.exec_driver_sql("create type kind as enum ('user'); create table members (kind kind)")

# tag::shown[]
ADD = """
    op.execute("alter type kind add value if not exists 'auditor'")
"""
USE = """
    op.execute("insert into members values ('auditor')")
"""
OUTSIDE = """
    with op.get_context().autocommit_block():
        op.execute("alter type kind add value 'visitor'")
    op.execute("insert into members values ('visitor')")
"""

assert upgrade("added in a file and used in the next", ADD, USE) == "55P04"
assert upgrade("the same with transaction_per_migration", ADD, USE, each=True) == "accepted"
assert upgrade("added in an autocommit_block, then used", OUTSIDE) == "accepted"
# end::shown[]
