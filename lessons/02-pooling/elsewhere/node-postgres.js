// What the pool of node-postgres does where nobody has told it.
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const { setTimeout: pause } = require("node:timers/promises");
const { Pool } = require("pg");
const pools = [];

function newPool(settings) {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, ...settings });
  pools.push(pool);
  return pool;
}

function check(what, found, expected) {
  console.log(what + ":", found);
  assert.deepEqual(found, expected);
}

async function main() {
  // tag::shown[]
  const killed = `
    const { Client, Pool } = require("pg");
    async function main() {
      const pool = new Pool();
      LISTENER
      const { rows } = await pool.query("select pg_backend_pid() as pid");
      const administrator = new Client();
      await administrator.connect();
      await administrator.query("select pg_terminate_backend($1)", [rows[0].pid]);
      setTimeout(() => { console.log("still here"); process.exit(0); }, 500);
    }
    main();`;
  const run = listener => {
    const script = killed.replace("LISTENER", listener);
    const ended = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    const said = ended.stdout || ended.stderr.match(/code: '(.*)'/)[1];
    return [ended.status, ...said.trim().split("\n")];
  };
  check("killed while idle", run(""), [1, "57P01"]);
  check("killed while idle, with pool.on('error')",
    run("pool.on('error', failure => console.log(failure.code));"), [0, "57P01", "still here"]);

  const patient = newPool({ max: 1 });
  const client = await patient.connect();
  const waiting = patient.query("select 'served'").then(() => "served");
  const soon = await Promise.race([waiting, pause(500, "waits")]);
  check("the second, after half a second", soon, "waits");
  client.release();
  check("then", await waiting, "served");

  const impatient = newPool({ max: 1, connectionTimeoutMillis: 1000 });
  const lent = await impatient.connect();
  const refused = await impatient.connect().catch(failure => failure.message);
  check("connectionTimeoutMillis: 1000", refused, "timeout exceeded when trying to connect");
  lent.release();

  for (const [min, expected] of [[0, [0, 3, 0]], [2, [0, 3, 2]]]) {
    const pool = newPool({ min, idleTimeoutMillis: 200 });
    await pause(300);
    const counts = [pool.totalCount];
    const query = () => pool.query("select pg_sleep(0.1)");
    await Promise.all([query(), query(), query()]);
    counts.push(pool.totalCount);
    await pause(600);
    counts.push(pool.totalCount);
    check(`min: ${min}, connections at first, after three at once, and idle`, counts, expected);
  }

  const pool = newPool({});
  const transaction = await pool.connect();
  await transaction.query("begin");
  const here = await transaction.query("select pg_backend_pid() as pid");
  const there = await pool.query("select pg_backend_pid() as pid");
  check("pool.query in the middle is part of it", here.rows[0].pid === there.rows[0].pid, false);
  await transaction.query("set app.tenant = '7'");
  await transaction.query("commit");
  transaction.release();
  const next = await pool.connect();
  const { rows } = await next.query("select current_setting('app.tenant', true) as tenant");
  check("the next borrower finds", rows, [{ tenant: "7" }]);
  next.release();
  // end::shown[]
}

main().finally(() => Promise.all(pools.map(pool => pool.end())));
