// What node-postgres makes of a time without a zone, and of a bigint.
const assert = require("node:assert/strict");
const { Client } = require("pg");

async function read(zone) {
  process.env.TZ = zone;
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(
    "select '2026-01-01 12:00'::timestamp as plain, '2026-01-01 12:00Z'::timestamptz as zoned, 1::bigint as id");
  await client.end();
  return rows[0];
}

async function main() {
  // tag::shown[]
  const noon = "2026-01-01T12:00:00.000Z";
  for (const [zone, expected] of [["UTC", noon], ["Pacific/Auckland", "2025-12-31T23:00:00.000Z"]]) {
    const { plain, zoned, id } = await read(zone);
    console.log(zone, { plain, zoned, id });
    assert.equal(plain.toISOString(), expected);
    assert.equal(zoned.toISOString(), noon);
    assert.equal(id, "1");
  }
  // end::shown[]
}

main();
