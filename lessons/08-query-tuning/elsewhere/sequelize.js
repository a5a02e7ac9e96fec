// How many queries Sequelize sends for authors and their posts.
const assert = require("node:assert/strict");
const { Sequelize, DataTypes } = require("sequelize");
const sent = [];
const sequelize = new Sequelize(process.env.DATABASE_URL, {
  logging: sql => sent.push(sql.replace(/^Executing \(\w+\): /, "")),
  define: { timestamps: false, freezeTableName: true },
});
const Author = sequelize.define("author", { name: DataTypes.TEXT });
const Post = sequelize.define("post", { title: DataTypes.TEXT });
Author.hasMany(Post, { as: "posts" });

async function shows(what, expected, ask) {
  sent.length = 0;
  await ask();
  const froms = sent.map(sql => sql.match(/FROM.*/)[0]);
  console.log(what + ":\n  " + froms.join("\n  "));
  assert.equal(sent.length, expected);
}

async function main() {
  await sequelize.sync();
  for (const name of ["Ann", "Bob"]) {
    const author = await Author.create({ name });
    await author.createPost({ title: name + "'s post" });
  }
  // tag::shown[]
  await shows("getPosts() in a loop", 3, async () => {
    for (const author of await Author.findAll()) {
      await author.getPosts();
    }
  });
  await shows("include", 1, () => Author.findAll({ include: "posts" }));
  await shows("include, separate", 2, () => Author.findAll({
    include: { association: "posts", separate: true },
  }));
  // end::shown[]
}

main().finally(() => sequelize.close());
