"""What SQLAlchemy sends when a parent is deleted, by the cascade of its relationship."""
import os
import re

from sqlalchemy import Column, ForeignKey, Integer, create_engine, event, inspect
from sqlalchemy.orm import Session, declarative_base, relationship

engine = create_engine(os.environ["DATABASE_URL"])
Base = declarative_base()


# tag::models[]
class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    books = relationship("Book")
    letters = relationship("Letter", cascade="all, delete-orphan")
    notes = relationship("Note", cascade="all, delete", passive_deletes=True)


class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("authors.id"))


class Letter(Base):
    __tablename__ = "letters"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("authors.id"), index=True)


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("authors.id", ondelete="CASCADE"))
# end::models[]


Base.metadata.create_all(engine)
sent = []


@event.listens_for(engine, "before_cursor_execute")
def note(connection, cursor, sql, parameters, context, executemany):
    sent.append(re.sub(r"(?<=SELECT ).*?(?= FROM)", "...", " ".join(sql.split())) + f"\n      {parameters}")


def delete_author_of(kind):
    with Session(engine) as session:
        session.add(Author(id=1))
        session.flush()
        session.add_all([kind(id=1, author_id=1), kind(id=2, author_id=1)])
        session.commit()
        author = session.get(Author, 1)
        sent.clear()
        session.delete(author)
        session.flush()
        words = [sql for sql in sent if kind.__tablename__ in sql or sql.startswith("DELETE")]
        print(f"delete of an author with two {kind.__tablename__}:", *words, sep="\n  ")
        session.rollback()
        session.query(kind).delete()
        session.query(Author).delete()
        session.commit()
        return [sql.split()[0] for sql in words]


assert delete_author_of(Book) == ["SELECT", "UPDATE", "DELETE"]
assert delete_author_of(Letter) == ["SELECT", "DELETE", "DELETE"]
assert delete_author_of(Note) == ["DELETE"]

indexes = {table: [index["column_names"] for index in inspect(engine).get_indexes(table)] for table in ("books", "letters")}
print("indexes besides the primary key:", indexes)
assert indexes == {"books": [], "letters": [["author_id"]]}
