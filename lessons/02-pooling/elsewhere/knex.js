// What the pool of Knex keeps, how long it waits, and what it hands on.
const assert = require("node:assert/strict");
const { setTimeout: pause } = require("node:timers/promises");
const knex = require("knex");
const opened = [];

function open(settings) {
  const db = knex({ client: "pg", connection: process.env.DATABASE_URL, log: { warn() {} }, ...settings });
  opened.push(db);
  return db;
}

function check(what, found, expected) {
  console.log(what + ":", found);
  assert.deepEqual(found, expected);
}

async function main() {
  // tag::shown[]
  const { min, max, acquireTimeoutMillis } = open({}).client.pool;
  check("min, max and wait by default", [min, max, acquireTimeoutMillis], [2, 10, 60000]);

  for (const [min, left] of [[2, 2], [0, 0]]) {
    const db = open({ pool: { min, idleTimeoutMillis: 200, reapIntervalMillis: 50 } });
    const query = () => db.raw("select pg_sleep(0.1)");
    await Promise.all([query(), query(), query()]);
    await pause(600);
    check(`min: ${min}, left of three when idle`, db.client.pool.numFree(), left);
  }

  let connections = 0;
  const db = open({
    acquireConnectionTimeout: 1000,
    pool: {
      min: 0,
      max: 1,
      afterCreate(connection, done) {
        connections++;
        connection.query("set app.tenant = 'nobody'", done);
      },
    },
  });
  await db.raw("set app.tenant = '7'");
  const { rows } = await db.raw("select current_setting('app.tenant') as tenant");
  check("the next borrower finds", rows, [{ tenant: "7" }]);
  check("calls of afterCreate", connections, 1);

  await db.transaction(async () => {
    const refused = await db.raw("select 1").catch(failure => failure.name);
    check("a second connection of one", refused, "KnexTimeoutError");
  });
  // end::shown[]
}

main().finally(() => Promise.all(opened.map(db => db.destroy())));
