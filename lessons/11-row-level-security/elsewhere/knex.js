// How Knex says who asks, and what it makes of a policy.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL, pool: { min: 1, max: 1 } });

async function shows(what, expected, ask) {
  const said = await ask().then(rows => rows.length + " notes", failure => failure.code);
  console.log(what + ":", said);
  assert.equal(said, expected);
}

async function main() {
  // tag::shown[]
  await knex.schema.createTable("notes", table => {
    table.integer("id").primary();
    table.text("author").notNullable();
  });
  await knex("notes").insert([{ id: 1, author: "ann" }, { id: 2, author: "ann" }, { id: 3, author: "bob" }]);
  await knex.raw(`create policy own on notes
    using (author = nullif(current_setting('app.tenant', true), ''))`); // there is no word for it
  await knex.raw("alter table notes enable row level security, force row level security");

  const asUser = (user, work) => knex.transaction(async trx => {
    await trx.raw("select set_config('app.tenant', ?, true)", [user]);
    return work(trx);
  });
  await shows("as Ann, trx(…)", "2 notes", () => asUser("ann", trx => trx("notes").select("id")));
  await shows("the next request", "0 notes", () => knex("notes").select("id"));
  await shows("as Ann, insert for Bob", "42501", () => asUser("ann", trx => trx("notes").insert({ id: 4, author: "bob" })));
  // end::shown[]
}

main().finally(() => knex.destroy());
