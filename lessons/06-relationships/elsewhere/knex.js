// What Knex makes of a relationship, and what it leaves out.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });

async function made(table) {
  const { rows: [column] } = await knex.raw(`
    select is_nullable as nullable, delete_rule as "onDelete",
      array(select indexname::text from pg_indexes where tablename = '${table}' order by 1) as indexes
    from information_schema.columns
    join information_schema.referential_constraints on constraint_name = '${table}_author_id_foreign'
    where table_name = '${table}' and column_name = 'author_id'`);
  return column;
}

async function main() {
  await knex.schema.createTable("authors", table => table.uuid("id").primary());
  // tag::tables[]
  await knex.schema.createTable("books", table => {
    table.bigIncrements();
    table.uuid("author_id").references("authors.id");
  });
  await knex.schema.createTable("invoices", table => {
    table.bigIncrements();
    table.uuid("author_id").notNullable().references("authors.id").onDelete("RESTRICT").index();
  });
  // end::tables[]

  const books = await made("books");
  console.log("books:", books);
  assert.deepEqual(books, { nullable: "YES", onDelete: "NO ACTION", indexes: ["books_pkey"] });

  const invoices = await made("invoices");
  console.log("invoices:", invoices);
  assert.deepEqual(invoices, { nullable: "NO", onDelete: "RESTRICT",
    indexes: ["invoices_author_id_index", "invoices_pkey"] });

  const twice = await knex.schema.alterTable("books", table => {
    table.foreign("author_id").references("authors.id").onDelete("CASCADE");
  }).then(() => "accepted", failure => failure.code);
  console.log("foreign() for the column of books, which has references() already:", twice);
  assert.equal(twice, "42710");

  const named = await knex.schema.alterTable("books", table => {
    table.foreign("author_id", "books_again").references("authors.id").onDelete("CASCADE");
  }).then(() => "accepted", failure => failure.code);
  console.log("the same under another name:", named);
  assert.equal(named, "accepted");
}

main().finally(() => knex.destroy());
