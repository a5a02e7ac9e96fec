// How Knex makes and refreshes a materialized view.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });

async function says(builder, expected) {
  console.log(builder.toString());
  assert.equal(builder.toString(), expected);
  await builder;
}

async function main() {
  await knex.raw("create table knex_posts (author_id int)");
  // tag::shown[]
  await knex.schema.createMaterializedView("knex_counts", view => {
    view.as(knex("knex_posts").select("author_id").count("* as posts").groupBy("author_id"));
  });
  await knex.raw("create unique index on knex_counts (author_id)");
  await says(knex.schema.refreshMaterializedView("knex_counts"), 'refresh materialized view "knex_counts"');
  await says(knex.schema.refreshMaterializedView("knex_counts", true),
    'refresh materialized view concurrently "knex_counts"');
  // end::shown[]
}

main().finally(() => knex.destroy());
