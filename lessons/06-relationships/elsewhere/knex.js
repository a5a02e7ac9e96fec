// What Knex makes of a relationship, and what it leaves out.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });

async function main() {
  await knex.schema.createTable("knex_authors", table => table.uuid("id").primary());
  await knex.schema.createTable("knex_books", table => {
    table.bigIncrements();
    table.uuid("author_id").references("knex_authors.id");
  });

  const { rows: [column] } = await knex.raw(`
    select is_nullable, delete_rule, (select count(*)::int from pg_indexes where tablename = 'knex_books') as indexes
    from information_schema.columns
    join information_schema.referential_constraints on constraint_name = 'knex_books_author_id_foreign'
    where table_name = 'knex_books' and column_name = 'author_id'`);
  console.log("references() alone:", column);
  assert.deepEqual(column, { is_nullable: "YES", delete_rule: "NO ACTION", indexes: 1 });

  const twice = await knex.schema.alterTable("knex_books", table => {
    table.foreign("author_id").references("knex_authors.id").onDelete("CASCADE");
  }).then(() => "accepted", failure => failure.code + " " + failure.message.replace(/^.* - /, ""));
  console.log("foreign() for the same column again:", twice);
  assert.match(twice, /^42710/);
}

main().finally(() => knex.destroy());
