// What Sequelize makes of hasMany when you say nothing more, and when you do.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false });

async function rule(name, options) {
  const author = sequelize.define(name + "_author", { name: DataTypes.TEXT }, { timestamps: false, freezeTableName: true });
  const book = sequelize.define(name + "_book", { title: DataTypes.TEXT }, { timestamps: false, freezeTableName: true });
  author.hasMany(book, options);
  await sequelize.sync();
  const [[found]] = await sequelize.query(`
    select is_nullable as nullable, delete_rule as "onDelete",
           (select count(*)::int from pg_indexes where tablename = '${name}_book') as indexes
    from information_schema.key_column_usage
    join information_schema.columns using (table_name, column_name)
    join information_schema.referential_constraints r on r.constraint_name = key_column_usage.constraint_name
    where table_name = '${name}_book'`);
  return found;
}

async function main() {
  const said = await rule("plain", {});
  console.log("hasMany(book):", said);
  assert.deepEqual(said, { nullable: "YES", onDelete: "SET NULL", indexes: 1 });

  const strict = await rule("strict", { foreignKey: { allowNull: false }, onDelete: "RESTRICT" });
  console.log("hasMany(book, { foreignKey: { allowNull: false }, onDelete: 'RESTRICT' }):", strict);
  assert.deepEqual(strict, { nullable: "NO", onDelete: "RESTRICT", indexes: 1 });
}

main().finally(() => sequelize.close());
