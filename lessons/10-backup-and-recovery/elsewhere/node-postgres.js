// Which sessions two calls of a pool of node-postgres have.
const assert = require("node:assert/strict");
const { Pool } = require("pg");
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 3 });

async function main() {
  // tag::shown[]
  const session = async on => (await on.query("select pg_backend_pid() as pid")).rows[0].pid;

  const start = await session(pool);
  const somebodyElse = await pool.connect(); // a request, meanwhile
  const stop = await session(pool);
  somebodyElse.release();
  console.log("two pool.query():", start === stop ? "one session" : "two sessions");

  const client = await pool.connect();
  const first = await session(client);
  const second = await session(client);
  client.release();
  console.log("one client:", first === second ? "one session" : "two sessions");
  // end::shown[]
  assert.notEqual(start, stop);
  assert.equal(first, second);
}

main().finally(() => pool.end());
