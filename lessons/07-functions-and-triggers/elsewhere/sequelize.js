// Which hooks Sequelize fires, and which a bulk statement goes past.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false });

async function main() {
  const user = sequelize.define("sequelize_user", { name: DataTypes.TEXT }, { timestamps: false, freezeTableName: true });
  let fired = [];
  for (const hook of ["afterCreate", "afterUpdate", "afterDestroy", "afterBulkCreate", "afterBulkUpdate", "afterBulkDestroy"]) {
    user.addHook(hook, () => { fired.push(hook); });
  }
  async function hooks(what, work) {
    fired = [];
    await work();
    console.log(what + ":", fired.join(", ") || "none");
    return fired;
  }
  await sequelize.sync();

  assert.deepEqual(await hooks("create", () => user.create({ name: "Ann" })), ["afterCreate"]);
  assert.deepEqual(await hooks("bulkCreate", () => user.bulkCreate([{ name: "Bob" }, { name: "Cid" }])), ["afterBulkCreate"]);
  assert.deepEqual(await hooks("update with a where", () => user.update({ name: "Eve" }, { where: { name: "Ann" } })), ["afterBulkUpdate"]);
  assert.deepEqual(await hooks("the same with individualHooks",
    () => user.update({ name: "Dan" }, { where: { name: "Eve" }, individualHooks: true })), ["afterUpdate", "afterBulkUpdate"]);
  assert.deepEqual(await hooks("destroy with a where", () => user.destroy({ where: { name: "Dan" } })), ["afterBulkDestroy"]);
  assert.deepEqual(await hooks("SQL", () => sequelize.query("delete from sequelize_user")), []);
}

main().finally(() => sequelize.close());
