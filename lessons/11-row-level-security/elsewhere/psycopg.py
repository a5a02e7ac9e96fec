"""How psycopg says who asks, for one transaction."""
import os

import psycopg

connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
connection.execute("create table notes (id int primary key, author text not null)")
connection.execute("insert into notes values (1, 'ann'), (2, 'ann'), (3, 'bob')")
connection.execute("create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''))")
connection.execute("alter table notes enable row level security, force row level security")


def notes():
    return connection.execute("select from notes").rowcount


# tag::shown[]
try:
    connection.execute("set app.tenant = %s", ["ann"])
except psycopg.Error as e:
    print("set app.tenant = %s:", e.sqlstate)
    assert e.sqlstate == "42601"

with connection.transaction():
    connection.execute("select set_config('app.tenant', %s, true)", ["ann"])
    print("in the transaction:", notes())
    assert notes() == 2
print("after it:", notes())
assert notes() == 0
# end::shown[]
