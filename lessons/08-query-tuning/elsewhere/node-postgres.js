// Which queries node-postgres prepares, and how it sends an array.
const assert = require("node:assert/strict");
const { Client } = require("pg");
const client = new Client({ connectionString: process.env.DATABASE_URL });

async function main() {
  await client.connect();
  // tag::shown[]
  const ids = [1247, 1259]; // of pg_type and pg_class
  const { rowCount } = await client.query("select from pg_class where oid = any($1)", [ids]);
  assert.equal(rowCount, 2);

  for (let i = 0; i < 20; i++) {
    await client.query("select from pg_class where oid = any($1)", [ids]);
    await client.query({ name: "by-oid", text: "select from pg_class where oid = $1", values: [1] });
  }
  const { rows } = await client.query(`
    select name, custom_plans::int as custom, generic_plans::int as generic
    from pg_prepared_statements`);
  console.log("prepared after twenty calls of each:", rows);
  assert.deepEqual(rows, [{ name: "by-oid", custom: 5, generic: 15 }]);

  const failed = await client.query("do $$ begin raise serialization_failure; end $$")
    .catch(failure => failure.code);
  console.log("code of a failure:", failed);
  assert.equal(failed, "40001");
  // end::shown[]
}

main().finally(() => client.end());
