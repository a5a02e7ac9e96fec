// Which columns Knex makes of its keys and of its enum.
const assert = require("node:assert/strict");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });

async function main() {
  // tag::shown[]
  await knex.schema.createTable("knex_small", table => {
    table.increments("id");
    table.enu("role", ["admin", "user"]);
  });
  await knex.schema.createTable("knex_big", table => {
    table.bigIncrements("id");
    table.enu("role", ["admin", "user"], { useNative: true, enumName: "knex_role" });
  });
  // end::shown[]
  const { rows } = await knex.raw(`
    select attrelid::regclass as table, attname as column, atttypid::regtype as type,
      pg_get_expr(adbin, adrelid) as value, pg_get_constraintdef(c.oid) as rule
    from pg_attribute a left join pg_attrdef on adrelid = attrelid and adnum = attnum
      left join pg_constraint c on conrelid = attrelid and contype = 'c' and attnum = any(conkey)
    where attrelid in ('knex_small'::regclass, 'knex_big'::regclass) and attnum > 0
    order by attrelid, attnum`);
  rows.forEach(row => console.log(`${row.table}.${row.column}: ${row.type}, default ${row.value}, ${row.rule}`));
  // tag::shown[]
  assert.deepEqual(rows.map(row => row.type), ["integer", "text", "bigint", "knex_role"]);
  assert.deepEqual(rows.map(row => row.rule !== null), [false, true, false, false]);
  // end::shown[]
}

main().finally(() => knex.destroy());
