// When Sequelize calls what waits for a commit.
const assert = require("node:assert/strict");
const { Sequelize } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false });

async function main() {
  await sequelize.query("create table sequelize_posts (title text)");
  // tag::shown[]
  const seen = [];
  const count = async () =>
    (await sequelize.query("select count(*)::int as n from sequelize_posts"))[0][0].n; // another connection
  await sequelize.transaction(async transaction => {
    transaction.afterCommit(async () => { seen.push(await count()); });
    await sequelize.query("insert into sequelize_posts values ('first')", { transaction });
    seen.push(await count());
  });
  console.log("others see before the commit, and in afterCommit:", seen);
  assert.deepEqual(seen, [0, 1]);

  await sequelize.transaction(async transaction => {
    transaction.afterCommit(() => { seen.push("called"); });
    throw new Error("never mind");
  }).catch(failure => console.log("rolled back:", failure.message));
  assert.equal(seen.includes("called"), false);
  // end::shown[]
}

main().finally(() => sequelize.close());
