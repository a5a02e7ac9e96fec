// What stays in a pool of node-postgres.
const assert = require("node:assert/strict");
const { Pool } = require("pg");
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });

async function shows(what, expected, ask) {
  const said = await ask().then(r => r.rowCount + " notes", failure => failure.code);
  console.log(what + ":", said);
  assert.equal(said, expected);
}

async function main() {
  await pool.query(`
    create table notes (id int primary key, author text not null);
    insert into notes values (1, 'ann'), (2, 'ann'), (3, 'bob');
    create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''));
    alter table notes enable row level security, force row level security`);
  // tag::shown[]
  await shows("set app.tenant = $1", "42601", () => pool.query("set app.tenant = $1", ["ann"]));

  async function asUser(user, work) {
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("select set_config('app.tenant', $1, true)", [user]);
      const result = await work(client);
      await client.query("commit");
      return result;
    } catch (failure) {
      await client.query("rollback");
      throw failure;
    } finally {
      client.release();
    }
  }
  await shows("as Ann", "2 notes", () => asUser("ann", client => client.query("select from notes")));
  await shows("the next request", "0 notes", () => pool.query("select from notes"));

  await pool.query("select set_config('app.tenant', $1, false)", ["ann"]); // the mistake
  await shows("the next request, after the mistake", "2 notes", () => pool.query("select from notes"));
  // end::shown[]
}

main().finally(() => pool.end());
