// What Sequelize makes of associations when you say nothing more, and when you do.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sequelize = new Sequelize(process.env.DATABASE_URL, {
  logging: false, define: { timestamps: false, freezeTableName: true },
});

// tag::associations[]
const Author = sequelize.define("author", { name: DataTypes.TEXT });
const Book = sequelize.define("book", { title: DataTypes.TEXT });
const Invoice = sequelize.define("invoice", { total: DataTypes.INTEGER });
const Biography = sequelize.define("biography", { text: DataTypes.TEXT });
const Course = sequelize.define("course", { name: DataTypes.TEXT });
const Remark = sequelize.define("remark", { text: DataTypes.TEXT });

Author.hasMany(Book);
Author.hasMany(Invoice, { foreignKey: { allowNull: false }, onDelete: "RESTRICT" });
Author.hasOne(Biography);
Author.belongsToMany(Course, { through: "author_course" });
Course.belongsToMany(Author, { through: "author_course" });
Author.hasMany(Remark, { foreignKey: "aboutId", constraints: false, scope: { aboutType: "author" } });
// end::associations[]

async function made(table) {
  const [[{ what }]] = await sequelize.query(`
    select array(
      select pg_get_constraintdef(oid) from pg_constraint
      where conrelid = '${table}'::regclass and contype in ('p', 'u', 'f') and pg_get_constraintdef(oid) <> 'PRIMARY KEY (id)'
      order by 1) || array(
      select attname || ' is nullable' from pg_attribute
      where attrelid = '${table}'::regclass and attname like '%Id' and not attnotnull
      order by 1) || (
      select 'indexes: ' || count(*) from pg_index where indrelid = '${table}'::regclass) as what`);
  return what;
}

async function shows(table, ...expected) {
  const found = await made(table);
  console.log(table + ":\n  " + found.join("\n  "));
  assert.deepEqual(found, expected);
}

async function main() {
  await sequelize.sync();
  const foreignKey = rules => `FOREIGN KEY ("authorId") REFERENCES author(id) ON UPDATE CASCADE ON DELETE ${rules}`;
  await shows("book", foreignKey("SET NULL"), "authorId is nullable", "indexes: 1");
  await shows("invoice", foreignKey("RESTRICT"), "indexes: 1");
  await shows("biography", foreignKey("SET NULL"), "authorId is nullable", "indexes: 1");
  await shows("author_course", foreignKey("CASCADE"),
    'FOREIGN KEY ("courseId") REFERENCES course(id) ON UPDATE CASCADE ON DELETE CASCADE',
    'PRIMARY KEY ("authorId", "courseId")', "indexes: 1");
  // tag::one[]
  const author = await Author.create({ name: "Le Guin" });
  await Biography.bulkCreate([{ authorId: author.id }, { authorId: author.id }]);
  const biography = await author.getBiography();
  // end::one[]
  console.log("getBiography() of two:", biography === null ? "none" : "one");
  assert.ok(biography);
  await shows("remark", "aboutId is nullable", "indexes: 1");
}

main().finally(() => sequelize.close());
