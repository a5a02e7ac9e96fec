// What Sequelize guesses of a model that has changed.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false });
const options = { timestamps: false, freezeTableName: true };

async function list(what, sql) {
  const [rows] = await sequelize.query(sql);
  console.log(what + ":", JSON.stringify(rows));
  return rows;
}

async function main() {
  // tag::shown[]
  const Before = sequelize.define("members", {
    name: DataTypes.TEXT,
    email: { type: DataTypes.TEXT, unique: true },
  }, options);
  await Before.sync();
  await Before.create({ name: "Ann", email: "ann@example.org" });
  await list("before", "select * from members");

  const After = sequelize.define("members", {
    full_name: DataTypes.TEXT, // was name
    email: { type: DataTypes.TEXT, unique: true },
  }, options);
  await After.sync({ alter: true });
  const [ann] = await list("after", "select * from members");
  assert.equal("name" in ann, false);
  assert.equal(ann.full_name, null);

  await After.sync({ alter: true });
  const [unique] = await list("unique constraints", `
    select count(*)::int as found from pg_constraint where conrelid = 'members'::regclass and contype = 'u'`);
  assert.equal(unique.found, 3);
  // end::shown[]
}

main().finally(() => sequelize.close());
