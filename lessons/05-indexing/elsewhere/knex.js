// Which indexes Knex makes.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });

async function indexes(expected) {
  const { rows } = await knex.raw(
    "select indexdef from pg_indexes where tablename = 'knex_posts' order by indexname");
  const found = rows.map(row => row.indexdef.replace(" ON public.knex_posts USING btree", ""));
  found.forEach(index => console.log(index));
  assert.deepEqual(found, expected);
}

async function main() {
  // tag::shown[]
  await knex.schema.createTable("knex_users", users => users.increments());
  await knex.schema.createTable("knex_posts", posts => {
    posts.text("email").unique({ indexName: "a_unique" });
    posts.integer("author_id");
    posts.foreign("author_id").references("knex_users.id"); // has no index of its own
    posts.timestamp("deleted_at");
    posts.index(["author_id"], "b_partial", { predicate: knex.whereNull("deleted_at") });
    posts.index(knex.raw("lower(email)"), "c_expression");
  });
  await indexes([
    "CREATE UNIQUE INDEX a_unique (email)",
    "CREATE INDEX b_partial (author_id) WHERE (deleted_at IS NULL)",
    "CREATE INDEX c_expression (lower(email))",
  ]);
  // end::shown[]
}

main().finally(() => knex.destroy());
