// How node-pg-migrate makes and refreshes a materialized view.
const assert = require("node:assert/strict");
const fs = require("node:fs");

async function main() {
  const { runner } = await import(require.resolve("node-pg-migrate"));
  // tag::shown[]
  fs.mkdirSync("files");
  fs.writeFileSync("files/1_view.cjs", `exports.up = pgm => {
    pgm.createTable("posts", { author_id: "int" });
    pgm.createMaterializedView("counts", {}, "select author_id, count(*) from posts group by author_id");
    pgm.createIndex("counts", "author_id", { unique: true });
    pgm.refreshMaterializedView("counts");
    pgm.refreshMaterializedView("counts", { concurrently: true });
  };`);
  // end::shown[]
  const said = [];
  const note = text => said.push(String(text));
  await runner({ databaseUrl: process.env.DATABASE_URL, dir: "files", direction: "up", migrationsTable: "files", verbose: true,
    logger: { debug: note, info: note, warn: note, error: note } });
  // tag::shown[]
  const refreshes = said.join("\n").split("\n").filter(line => /^REFRESH/i.test(line));
  refreshes.forEach(line => console.log(line));
  assert.deepEqual(refreshes, ['REFRESH MATERIALIZED VIEW "counts";', 'REFRESH MATERIALIZED VIEW CONCURRENTLY "counts";']);
  // end::shown[]
}

main();
