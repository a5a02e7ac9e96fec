// What gets in by node-postgres, Knex and Sequelize.
const assert = require("node:assert/strict");
const { Client } = require("pg");
const knex = require("knex")({ client: "pg", connection: process.env.DATABASE_URL });
const { Sequelize, DataTypes } = require("sequelize");

const ATTACK = "' or '1'='1";
const STACKED = "'; update node_members set card = 'mine'; --";
const SORT = "case when substr(card, 1, 1) = '4' then -id else id end";

async function said(what, expected, work) {
  const answer = await work().then(String, failure => failure.code ?? failure.parent?.code ?? failure.name);
  console.log(what + ":", answer);
  assert.equal(answer, expected);
}

async function pg() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(`drop table if exists node_members;
    create table node_members (id int primary key, name text, card text);
    insert into node_members values (1, 'Ann', '4000'), (2, 'Bob', '5500')`);
  const rows = result => (Array.isArray(result) ? result[0] : result).rows.length + " rows";
  const cards = async () => (await client.query("select count(*)::int as n from node_members where card = 'mine'")).rows[0].n;
  const glued = name => client.query("select * from node_members where name = '" + name + "'");
  await said("pg, glued, a condition", "2 rows", async () => rows(await glued(ATTACK)));
  await said("pg, glued, stacked: cards changed", "2", async () => { await glued(STACKED); return cards(); });
  await client.query("update node_members set card = id::text");
  await said("pg, $1", "0 rows", async () => rows(await client.query("select * from node_members where name = $1", [STACKED])));
  await said("pg, glued, stacked, with another parameter", "42601",
    () => client.query("select * from node_members where id = $1 or name = '" + STACKED, [1]));
  await said("pg, order by $1", "1,2", async () =>
    (await client.query("select id from node_members order by $1", ["name desc"])).rows.map(r => r.id));
  await client.end();
}

async function inKnex() {
  const ids = rows => rows.map(row => row.id);
  await said("knex, where()", "", async () => ids(await knex("node_members").where("name", ATTACK)));
  await said("knex, whereRaw(glued)", "1,2", async () => ids(await knex("node_members").whereRaw("name = '" + ATTACK + "'")));
  await said("knex, orderBy(from outside)", "42703", async () => ids(await knex("node_members").orderBy(SORT)));
  await said("knex, orderByRaw(from outside)", "1,2", async () => ids(await knex("node_members").orderByRaw(SORT)));
  await said("knex, whereLike(…, '%')", "1,2", async () => ids(await knex("node_members").whereLike("name", "%").orderBy("id")));
  await knex.destroy();
}

async function inSequelize() {
  const sequelize = new Sequelize(process.env.DATABASE_URL, { logging: false });
  const Member = sequelize.define("Member", { id: { type: DataTypes.INTEGER, primaryKey: true }, name: DataTypes.TEXT },
    { tableName: "node_members", timestamps: false });
  const ids = rows => rows.map(row => row.id);
  await said("sequelize, where", "", async () => ids(await Member.findAll({ where: { name: ATTACK } })));
  await said("sequelize, literal(glued)", "1,2", async () =>
    ids(await Member.findAll({ where: Sequelize.literal("name = '" + ATTACK + "'"), order: ["id"] })));
  await said("sequelize, order: [[from outside]]", "42703", async () => ids(await Member.findAll({ order: [[SORT, "ASC"]] })));
  await said("sequelize, query with replacements", "0", async () =>
    (await sequelize.query("select * from node_members where name = :name", { replacements: { name: ATTACK } }))[0].length);
  await sequelize.close();
}

pg().then(inKnex).then(inSequelize);
