// What Knex makes of its types, which transaction a file has, and who lets go of its lock.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL, log: { warn() {}, error() {} } });

/** One migration; its name is that of the files' table, too. */
function file(name, up, config) {
  return {
    tableName: name + "_files",
    migrationSource: {
      getMigrations: async () => [name],
      getMigrationName: found => found,
      getMigration: async () => ({ up, down: async () => {}, config }),
    },
  };
}

async function outcome(what, work) {
  const said = await work().then(() => "accepted", failure => failure.code ?? failure.name);
  console.log(what + ":", said);
  return said;
}

async function main() {
  // tag::shown[]
  const table = file("a_table", db => db.schema.createTable("knex_posts", posts => {
    posts.string("title");
    posts.text("body");
    posts.timestamps(true, true);
  }));
  const index = db => db.raw("create index concurrently on knex_posts (title)");

  assert.equal(await outcome("a table", () => knex.migrate.latest(table)), "accepted");
  const types = await knex.raw(`
    select attname, format_type(atttypid, atttypmod) as type, pg_get_expr(adbin, adrelid) as value
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = 'knex_posts'::regclass and attnum > 0 order by attnum`);
  types.rows.forEach(row => console.log(`  ${row.attname}: ${row.type}, default ${row.value}`));
  assert.deepEqual(types.rows.map(row => row.type), ["character varying(255)", "text",
    "timestamp with time zone", "timestamp with time zone"]);

  await knex("knex_posts").insert({ title: "a" });
  await knex("knex_posts").update({ title: "b" });
  const moved = await knex("knex_posts").whereRaw("updated_at > created_at");
  console.log("  rows whose updated_at an update moved:", moved.length);
  assert.equal(moved.length, 0);

  assert.equal(await outcome("an index, concurrently", () => knex.migrate.latest(file("inside", index))), "25001");
  assert.equal(await outcome("with config = { transaction: false }",
    () => knex.migrate.latest(file("outside", index, { transaction: false }))), "accepted");

  await knex("a_table_files_lock").update({ is_locked: 1 }); // as a process leaves it that was killed
  assert.equal(await outcome("after a kill", () => knex.migrate.latest(table)), "MigrationLocked");
  await knex.migrate.forceFreeMigrationsLock(table);
  assert.equal(await outcome("after migrate:unlock", () => knex.migrate.latest(table)), "accepted");
  // end::shown[]
}

main().finally(() => knex.destroy());
