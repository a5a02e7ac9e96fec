// What Sequelize's soft delete does, and what it leaves to you.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sent = [];
const sequelize = new Sequelize(process.env.DATABASE_URL, {
  logging: sql => sent.push(sql.replace(/^Executing \(\w+\): /, "")),
});

function check(what, found, expected) {
  console.log(what + ":", found);
  assert.equal(found, expected);
}

const outcome = work => work.then(() => "accepted", failure => failure.name);

async function main() {
  // tag::shown[]
  const email = { type: DataTypes.TEXT, unique: true };
  const Member = sequelize.define("member", { email }, { paranoid: true });
  await Member.sync();
  const ann = await Member.create({ email: "ann@example.org" });
  await ann.destroy();
  console.log(sent.at(-1).replace(/'.*?'/g, "'...'"));
  assert.match(sent.at(-1), /^UPDATE "members" SET "deletedAt"=/);
  check("found by findAll", (await Member.findAll()).length, 0);
  console.log(sent.at(-1).replace(/.* FROM/, "SELECT ... FROM"));
  check("found with paranoid: false", (await Member.findAll({ paranoid: false })).length, 1);
  check("she comes back", await outcome(Member.create({ email: "ann@example.org" })),
    "SequelizeUniqueConstraintError");

  const User = sequelize.define("user", { email: DataTypes.TEXT }, {
    paranoid: true,
    indexes: [{ unique: true, fields: ["email"], where: { deletedAt: null } }],
  });
  await User.sync();
  await (await User.create({ email: "ann@example.org" })).destroy();
  check("with a partial index", await outcome(User.create({ email: "ann@example.org" })), "accepted");
  check("twice", await outcome(User.create({ email: "ann@example.org" })),
    "SequelizeUniqueConstraintError");
  // end::shown[]
}

main().finally(() => sequelize.close());
