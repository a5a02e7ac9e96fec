// Which indexes Sequelize makes.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false });

async function indexes(what, expected) {
  const [rows] = await sequelize.query("select indexname, indexdef from pg_indexes where tablename = 'members' order by 1");
  console.log(what + ":\n  " + rows.map(row => row.indexdef.replace(" ON public.members USING btree", "")).join("\n  "));
  assert.deepEqual(rows.map(row => row.indexname), expected);
}

async function main() {
  // tag::shown[]
  const Member = sequelize.define("members", {
    email: { type: DataTypes.TEXT, unique: true },
    status: DataTypes.TEXT,
  }, {
    timestamps: false,
    indexes: [
      { unique: true, fields: ["email"] }, // once more
      { name: "members_pending", fields: [sequelize.fn("lower", sequelize.col("email"))], where: { status: "pending" } },
    ],
  });
  await Member.sync();
  await indexes("sync()", ["members_email", "members_email_key", "members_pending", "members_pkey"]);
  await Member.sync({ alter: true });
  await Member.sync({ alter: true });
  await indexes("sync({ alter: true }), twice",
    ["members_email", "members_email_key", "members_email_key1", "members_email_key2", "members_pending", "members_pkey"]);
  // end::shown[]
}

main().finally(() => sequelize.close());
