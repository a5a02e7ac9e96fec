"""What SQLAlchemy calls before a commit and after it, and what Alembic does not see."""
import os

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, create_engine, event, text
from sqlalchemy.orm import Session, declarative_base

engine = create_engine(os.environ["DATABASE_URL"])
Base = declarative_base(metadata=MetaData(schema="elsewhere"))


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)


with engine.begin() as connection:
    connection.execute(text("create schema elsewhere"))
Base.metadata.create_all(engine)
called = []


def note(what):
    with engine.connect() as other:
        called.append((what, other.execute(text("select count(*) from elsewhere.posts")).scalar()))


# tag::shown[]
with Session(engine) as session:
    event.listen(session, "after_flush", lambda *arguments: note("after_flush"))
    event.listen(session, "after_commit", lambda *arguments: note("after_commit"))
    session.add(Post(id=1))
    session.commit()
    print("called, and what others see then:", called)
    assert called == [("after_flush", 0), ("after_commit", 1)]

    called.clear()
    session.add(Post(id=2))
    session.flush()
    session.rollback()
    print("called, with a rollback:", called)
    assert called == [("after_flush", 1)]

with engine.begin() as connection:
    connection.execute(text("create materialized view elsewhere.counts as select count(*) from elsewhere.posts"))
    context = MigrationContext.configure(connection, opts={
        "include_schemas": True,
        "include_name": lambda name, kind, parents: kind != "schema" or name == "elsewhere"})
    differences = compare_metadata(context, Base.metadata)
print("differences that autogenerate finds:", differences)
assert differences == []
# end::shown[]
