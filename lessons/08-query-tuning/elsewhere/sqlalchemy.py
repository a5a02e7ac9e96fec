"""How many queries SQLAlchemy sends for authors and their posts, and how it spells a keyset."""
import os

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, create_engine, event, select, tuple_
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session, declarative_base, joinedload, raiseload, relationship, selectinload

engine = create_engine(os.environ["DATABASE_URL"])
Base = declarative_base()


class Author(Base):
    __tablename__ = "authors"
    id = Column(Integer, primary_key=True)
    posts = relationship("Post", back_populates="author")


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    created_at = Column(BigInteger)
    author_id = Column(ForeignKey("authors.id"))
    author = relationship("Author", back_populates="posts")


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Author(posts=[Post(), Post()]) for _ in range(10)])
    session.commit()

sent = []
event.listen(engine, "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))


def queries(what, kind, touch, *options):
    with Session(engine) as session:
        sent.clear()
        for row in session.execute(select(kind).options(*options)).scalars():
            touch(row)
    print(what + ":", len(sent))
    return len(sent)


# tag::shown[]
assert queries("ten authors, then their posts", Author, lambda author: author.posts) == 11
assert queries("selectinload", Author, lambda author: author.posts, selectinload(Author.posts)) == 2
assert queries("twenty posts, then their authors", Post, lambda post: post.author) == 11
assert queries("joinedload", Post, lambda post: post.author, joinedload(Post.author)) == 1

try:
    queries("raiseload", Author, lambda author: author.posts, raiseload("*"))
    raise AssertionError("loaded")
except InvalidRequestError as e:
    print("raiseload:", e)

keyset = select(Post.id).where(tuple_(Post.created_at, Post.id) < (7, 3))
with Session(engine) as session:
    session.execute(keyset).all()
print("keyset:", sent[-1].split("WHERE")[1].strip())
assert "(posts.created_at, posts.id) < (%" in sent[-1]
# end::shown[]
