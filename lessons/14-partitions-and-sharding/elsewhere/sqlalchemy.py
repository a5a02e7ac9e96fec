"""A partitioned table of SQLAlchemy, and what an update of an object looks for."""
import datetime
import os

from sqlalchemy import Column, Date, Integer, Text, create_engine, event, text
from sqlalchemy.orm import Session, declarative_base

engine = create_engine(os.environ["DATABASE_URL"])
Base = declarative_base()


# tag::shown[]
class Visit(Base):
    __tablename__ = "sqlalchemy_visits"
    __table_args__ = {"postgresql_partition_by": "RANGE (day)"}
    id = Column(Integer, primary_key=True, autoincrement=False)
    day = Column(Date, primary_key=True)
    page = Column(Text)


Base.metadata.create_all(engine)
with engine.begin() as connection:
    connection.execute(text("""
        create table sqlalchemy_visits_2025 partition of sqlalchemy_visits
          for values from ('2025-01-01') to ('2026-01-01')"""))

day = datetime.date(2025, 3, 5)
with Session(engine) as session:
    session.add(Visit(id=1, day=day, page="/"))
    session.commit()
    session.get(Visit, (1, day)).page = "/home"
    # end::shown[]
    sent = []
    event.listen(engine, "before_cursor_execute",
                 lambda conn, cursor, statement, *rest: sent.append(" ".join(statement.split())))
    # tag::shown[]
    session.commit()
# end::shown[]
updates = [statement for statement in sent if statement.startswith("UPDATE")]
print(updates[0])
assert "day = " in updates[0].split("WHERE")[1]
