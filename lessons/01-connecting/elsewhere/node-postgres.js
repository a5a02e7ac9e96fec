// What node-postgres binds, keeps in memory, and makes of numbers and failures.
const assert = require("node:assert/strict");
const { Client, Pool } = require("pg");
const Cursor = require("pg-cursor");
const settings = { connectionString: process.env.DATABASE_URL };
const client = new Client(settings);
const pool = new Pool(settings);

function check(what, found, expected) {
  console.log(what + ":", found);
  assert.deepEqual(found, expected);
}

async function main() {
  await client.connect();
  await client.query("create sequence odometer");
  await client.query("create table shoppers (email text constraint one_account_per_email primary key)");
  // tag::shown[]
  const one = "select $1::text as value, current_query() as arrived";
  check("arrived", (await client.query(one, ["Ann"])).rows[0].arrived, one);

  const two = "insert into shoppers values ('Ann'); select count(*) from shoppers";
  check("two statements", (await client.query(two)).length, 2);
  const refused = client.query(two + " where email = $1", ["Ann"]);
  check("two statements with values", await refused.catch(failure => failure.code), "42601");

  const committed = await pool.query("select email from shoppers");
  check("what others see, without begin or commit", committed.rows, [{ email: "Ann" }]);

  const numbers = await client.query("select 1::int as i, 1::bigint as b, 1::numeric as n");
  check("int, bigint, numeric", numbers.rows[0], { i: 1, b: "1", n: "1" });

  const again = client.query("insert into shoppers values ('Ann')");
  const said = await again.catch(failure => [failure.code, failure.constraint]);
  check("code and constraint", said, ["23505", "one_account_per_email"]);

  const remembered = "select count(*)::int from pg_prepared_statements";
  await client.query("select $1::int", [1]);
  check("prepared without a name", (await client.query(remembered)).rows[0].count, 0);
  await client.query({ name: "one", text: "select $1::int", values: [1] });
  check("prepared with a name", (await client.query(remembered)).rows[0].count, 1);

  const many = "select nextval('odometer') from generate_series(1, 20000)";
  check("rows in memory", (await client.query(many)).rows.length, 20000);
  const cursor = client.query(new Cursor(many));
  await cursor.read(50);
  const odometer = await pool.query("select last_value::int - 20000 as turned from odometer");
  check("rows produced for a cursor that has read 50", odometer.rows[0].turned, 50);
  await cursor.close();

  const backend = () => pool.query("select pg_backend_pid() as pid");
  const three = await Promise.all([backend(), backend(), backend()]);
  check("backends of three pool.query", new Set(three.map(found => found.rows[0].pid)).size, 3);
  // end::shown[]
}

main().finally(() => Promise.all([client.end(), pool.end()]));
