// What node-pg-migrate makes of a uuid, and how a file gets an index concurrently.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const { Client } = require("pg");
const client = new Client({ connectionString: process.env.DATABASE_URL });

/** The runner does not wait for its connection to end, and the end of it takes the lock along. */
async function unlocked() {
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await client.query(`
      select from pg_locks join pg_database d on d.oid = database
      where datname = current_database() and locktype = 'advisory'`);
    if (rows.length === 0) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Runs one file in a folder of its own. */
async function outcome(what, name, body) {
  await unlocked();
  const { runner } = await import(require.resolve("node-pg-migrate"));
  fs.mkdirSync(name);
  fs.writeFileSync(`${name}/1_${name}.cjs`, `exports.up = pgm => { ${body} };`);
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const said = await runner({ databaseUrl: process.env.DATABASE_URL, dir: name, direction: "up", migrationsTable: name + "_files", logger: quiet })
    .then(() => "accepted", failure => failure.code ?? failure.message);
  console.log(what + ":", said);
  return said;
}

async function main() {
  await client.connect();
  // tag::shown[]
  assert.equal(await outcome("tables", "tables", `
    pgm.createTable("short", { id: "uuid", email: { type: "text", unique: true } });
    pgm.createTable("long", { id: { type: "uuid", primaryKey: true, default: pgm.func("gen_random_uuid()") } });`), "accepted");
  const { rows } = await client.query(`
    select indrelid::regclass::text as table, indisprimary as primary, pg_get_indexdef(indexrelid, 1, true) as column
    from pg_index where indrelid in ('short'::regclass, 'long'::regclass) order by 1`);
  console.log(rows);
  assert.deepEqual(rows, [{ table: "long", primary: true, column: "id" }, { table: "short", primary: false, column: "email" }]);

  const index = `pgm.createIndex("short", "id", { concurrently: true });`;
  assert.equal(await outcome("an index, concurrently", "inside", index), "25001");
  assert.equal(await outcome("with noTransaction()", "outside", "pgm.noTransaction(); " + index), "accepted");
  // end::shown[]
}

main().finally(() => client.end());
