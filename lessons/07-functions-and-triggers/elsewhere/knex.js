// Where Knex lets a procedure commit.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });

/** A migration that calls the procedure. */
function migrations(config) {
  return {
    tableName: "knex_migrations",
    migrationSource: {
      getMigrations: async () => ["call"],
      getMigrationName: name => name,
      getMigration: async () => ({ up: db => db.raw("call knex_commits()"), down: async () => {}, config }),
    },
  };
}

async function outcome(what, work) {
  const said = await work().then(() => "accepted", failure => failure.code);
  console.log(what + ":", said);
  return said;
}

async function main() {
  await knex.raw("create procedure knex_commits() language plpgsql as $$ begin commit; end $$");
  assert.equal(await outcome("raw('call …')", () => knex.raw("call knex_commits()")), "accepted");
  assert.equal(await outcome("in transaction(…)", () => knex.transaction(t => t.raw("call knex_commits()"))), "2D000");
  assert.equal(await outcome("in a migration", () => knex.migrate.latest(migrations(undefined))), "2D000");
  assert.equal(await outcome("with config = { transaction: false }",
    () => knex.migrate.latest(migrations({ transaction: false }))), "accepted");
}

main().finally(() => knex.destroy());
