"""Which indexes SQLAlchemy makes."""
import os

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, MetaData, Table, Text, create_engine, func, text
from sqlalchemy.dialects.postgresql import TSVECTOR

engine = create_engine(os.environ["DATABASE_URL"])
metadata = MetaData()

# tag::shown[]
jobs = Table(
    "jobs", metadata,
    Column("id", Integer, primary_key=True),
    Column("parent_id", ForeignKey("jobs.id")),
    Column("email", Text, index=True, unique=True),
    Column("status", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("words", TSVECTOR),
    Index("jobs_pending", "created_at", postgresql_where=text("status = 'pending'"), postgresql_include=["id"]),
    Index("jobs_words", "words", postgresql_using="gin"),
    Index("jobs_lower", func.lower(text("email"))))
metadata.create_all(engine)

with engine.connect() as connection:
    found = [row[0].replace("ON public.jobs ", "") for row in connection.execute(text(
        "select indexdef from pg_indexes where tablename = 'jobs' order by indexname"))]
print(*found, sep="\n")
assert found == [
    "CREATE UNIQUE INDEX ix_jobs_email USING btree (email)",
    "CREATE INDEX jobs_lower USING btree (lower(email))",
    "CREATE INDEX jobs_pending USING btree (created_at) INCLUDE (id) WHERE (status = 'pending'::text)",
    "CREATE UNIQUE INDEX jobs_pkey USING btree (id)",
    "CREATE INDEX jobs_words USING gin (words)"]
# end::shown[]
