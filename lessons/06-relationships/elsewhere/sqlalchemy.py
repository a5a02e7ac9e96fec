"""What SQLAlchemy's cascade does, and what it asks of the database."""
import os

from sqlalchemy import Column, ForeignKey, Integer, Text, create_engine, event
from sqlalchemy.orm import Session, declarative_base, relationship

engine = create_engine(os.environ["DATABASE_URL"])
Base = declarative_base()


class Author(Base):
    __tablename__ = "alchemy_authors"
    id = Column(Integer, primary_key=True)
    name = Column(Text, nullable=False)
    books = relationship("Book", cascade="all, delete-orphan")


class Book(Base):
    __tablename__ = "alchemy_books"
    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("alchemy_authors.id"), nullable=False)


Base.metadata.create_all(engine)
statements = []
event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, p, context, many: statements.append((sql.split()[0], many, len(p))))

with Session(engine) as session:
    session.add(Author(name="Le Guin", books=[Book(), Book(), Book()]))
    session.commit()
    author = session.query(Author).one()
    statements.clear()
    session.delete(author)
    session.commit()
print("session.delete(author) with three books:", [kind for kind, _, _ in statements])
assert [kind for kind, _, _ in statements] == ["SELECT", "DELETE", "DELETE"], statements

with Session(engine) as session:
    session.add(Author(id=7, name="Pratchett", books=[Book()]))
    session.commit()
    try:
        session.execute(Author.__table__.delete().where(Author.id == 7))
        outcome = "accepted"
    except Exception as failure:
        outcome = failure.orig.pgcode
print("delete in SQL of an author with a book:", outcome)
assert outcome == "23503", outcome
