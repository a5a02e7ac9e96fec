"""Where SQLAlchemy says who asks, and what Alembic sees of a policy."""
import os

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, Text, create_engine, event, func, select, text
from sqlalchemy.orm import Session, declarative_base

engine = create_engine(os.environ["DATABASE_URL"], pool_size=1, max_overflow=0)
Base = declarative_base()


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    author = Column(Text, nullable=False)


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Note(author="ann"), Note(author="ann"), Note(author="bob")])
    session.commit()


def notes(session):
    return session.execute(select(func.count()).select_from(Note)).scalar()


with engine.begin() as connection:
    connection.execute(text("""
        create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''));
        alter table notes enable row level security, force row level security"""))


# tag::shown[]
@event.listens_for(Session, "after_begin")
def who_asks(session, transaction, connection):
    connection.execute(text("select set_config('app.tenant', :user, true)"),
                       {"user": session.info.get("user", "")})


for user, expected in {"ann": 2, "bob": 1, "": 0}.items():
    with Session(engine, info={"user": user}) as session:
        print("as '" + user + "':", notes(session))
        assert notes(session) == expected
        session.commit()
        assert notes(session) == expected  # the next transaction says it again

with engine.connect() as connection:
    context = MigrationContext.configure(connection, opts={
        "include_object": lambda o, name, kind, *_: name is None or kind != "table" or name == "notes"})
    differences = compare_metadata(context, Base.metadata)
    print("what Alembic's autogenerate sees of the policy:", differences)
    assert differences == []
# end::shown[]
