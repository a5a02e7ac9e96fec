// What a result of node-postgres holds besides its rows, and what JSON keeps of a date.
const assert = require("node:assert/strict");
const { Client } = require("pg");
const client = new Client({ connectionString: process.env.DATABASE_URL });

async function main() {
  await client.connect();
  // tag::shown[]
  const result = await client.query("select 1::bigint as id, 'Ann' as name, timestamptz '2026-05-01 12:00Z' as at");
  const row = result.rows[0];
  console.log("bytes of the result:", JSON.stringify(result).length, "of its row:", JSON.stringify(row).length);
  console.log("in the result:", Object.keys(JSON.parse(JSON.stringify(result))).join(", "));
  assert.ok(JSON.stringify(result).includes("dataTypeID"));

  const cached = JSON.parse(JSON.stringify(row));
  console.log("the date:", row.at.constructor.name + ", from the cache:", cached.at.constructor.name);
  assert.ok(row.at instanceof Date && typeof cached.at === "string");
  // end::shown[]
}

main().finally(() => client.end());
