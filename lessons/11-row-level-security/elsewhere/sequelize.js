// Which queries of Sequelize are in the transaction that says who asks.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, {
  logging: false, pool: { max: 2 }, define: { timestamps: false },
});
const Note = sequelize.define("note", { author: DataTypes.TEXT });

async function shows(what, expected, ask) {
  const notes = (await ask()).length;
  console.log(what + ":", notes);
  assert.equal(notes, expected);
}

async function main() {
  await sequelize.sync();
  await Note.bulkCreate([{ author: "ann" }, { author: "ann" }, { author: "bob" }]);
  await sequelize.query("create policy own on notes using (author = nullif(current_setting('app.tenant', true), ''))");
  await sequelize.query("alter table notes enable row level security, force row level security");
  // tag::shown[]
  await sequelize.transaction(async transaction => {
    await sequelize.query("select set_config('app.tenant', $1, true)", { bind: ["ann"], transaction });
    await shows("findAll({ transaction })", 2, () => Note.findAll({ transaction }));
    await shows("findAll(), forgotten, so on another connection", 0, () => Note.findAll());
  });
  await shows("the next request", 0, () => Note.findAll());
  // end::shown[]
}

main().finally(() => sequelize.close());
