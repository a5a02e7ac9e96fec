// node publish.mjs FILE: makes the databases with which the lessons begin, and runs every cell on them once. FILE says what is to be done, and
// what came of it takes its place.
//
// Before: {pglite, live, data, layers: [{name, needed, files: [{name, sql}]}], lessons: [{id, layer, extensions, items}]}
// After:  {postgres, sizes: {layer: bytes}, lessons: {id: {item: {state, difference, why}}}}
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Session, startParams } from "./session.js";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { PGlite } = await import(pathToFileURL(join(plan.pglite, "index.js")));
const live = await import(pathToFileURL(plan.live));
const made = { sizes: {}, lessons: {} };

const START = [
  "alter system set wal_recycle = off", "alter system set min_wal_size = '32MB'", "alter system set max_wal_size = '64MB'", "select pg_reload_conf()",
  "create role course_owner login", "create role course_app login", "alter database postgres owner to course_owner", "alter schema public owner to pg_database_owner",
  "alter default privileges for role course_owner grant select, insert, update, delete on tables to course_app",
  "alter default privileges for role course_owner grant usage, select on sequences to course_app"];

async function makeLayers() {
  const db = await PGlite.create({ startParams: startParams(PGlite) });
  const session = new Session(db, live);
  for (const sql of START) await session.ask(sql);
  made.postgres = (await session.ask("show server_version"))[0].rows[0][0];
  for (const layer of plan.layers) {
    await session.ask("set session authorization course_owner");
    for (const { name, sql } of layer.files) await migrate(session, name, sql);
    await session.ask("set session authorization postgres");
    if (layer.needed) await dump(db, session, layer.name);
  }
  await db.close();
}

/** A file is one transaction, as by Flyway, but for statements that refuse one. */
async function migrate(session, name, sql) {
  const statements = live.statements(sql).map(one => one.text);
  const alone = statements.some(text => /\bconcurrently\b/i.test(text));
  try {
    if (!alone) await session.ask("begin");
    for (const text of statements) await session.ask(text);
    await session.ask(alone ? "select 1" : "commit");
  } catch (e) {
    throw new Error(`${name}: ${e.message}`);
  }
}

async function dump(db, session, layer) {
  for (const sql of ["vacuum (freeze, analyze)", "checkpoint", "select pg_switch_wal()", "checkpoint"]) await session.ask(sql);
  const [{ rows: [[segment, end]] }] = await session.ask(
    "select pg_walfile_name(lsn), (pg_walfile_name_offset(lsn)).file_offset from pg_current_wal_insert_lsn() lsn");
  const tar = new Uint8Array(await (await db.dumpDataDir("none")).arrayBuffer());
  const file = new Blob(thin(tar, segment, Number(end)));
  const packed = gzipSync(new Uint8Array(await file.arrayBuffer()), { level: 6 });
  writeFileSync(join(plan.data, layer + ".tar.gz"), packed);
  made.sizes[layer] = packed.length;
  console.log(`${layer}: ${(packed.length / 1e6).toFixed(1)} MB, ${(file.size / 1e6).toFixed(0)} MB unpacked`);
}

/**
 * After a checkpoint the log is needed from its last record on; the files before, and what an earlier use has left in this one, are not. Nor
 * are the files of template0 and template1 (1 and 4): nobody can connect to another database here.
 */
function thin(tar, segment, end) {
  const parts = [];
  for (let at = 0; at < tar.length;) {
    const text = (from, length) => new TextDecoder().decode(tar.subarray(at + from, at + from + length)).replace(/\0.*$/s, "");
    const size = parseInt(text(124, 12), 8) || 0;
    const name = text(0, 100);
    const next = at + 512 + Math.ceil(size / 512) * 512;
    const isLog = /pg_wal\/[0-9A-F]{24}$/.test(name);
    if (isLog && name.endsWith(segment)) tar.fill(0, at + 512 + end, at + 512 + size);
    if (!/^\/?base\/[14]\/./.test(name) && (!isLog || name.endsWith(segment))) parts.push(tar.subarray(at, next));
    at = next;
  }
  return parts;
}

async function runCells(lesson) {
  const extensions = Object.fromEntries(await Promise.all(lesson.extensions.filter(name => existsSync(join(plan.pglite, "contrib", name + ".js"))).map(async name =>
    [name, Object.values(await import(pathToFileURL(join(plan.pglite, "contrib", name + ".js"))))[0]])));
  const db = await PGlite.create({ loadDataDir: new Blob([gunzipSync(readFileSync(join(plan.data, lesson.layer + ".tar.gz")))]), extensions, startParams: startParams(PGlite) });
  const session = new Session(db, live);
  const results = made.lessons[lesson.id] = {};
  const began = Date.now();
  for (const item of lesson.items) {
    const { said, state } = await session.run(item);
    const failure = said.findLast(one => one.type === "failure");
    const difference = state === "done" && !item.setup ? live.difference(JSON.stringify(said), JSON.stringify(item.recorded)) : "";
    const isAnotherFailure = item.sqlState && difference;
    const why = state === "failed" || isAnotherFailure ? `${failure.code} ${failure.message}` : "";
    results[item.id] = { state: why ? "failed" : "done", difference, why };
  }
  const failed = lesson.items.filter(item => results[item.id].state !== "done");
  console.log(`${lesson.id}: ${lesson.items.length - failed.length} of ${lesson.items.length} run, in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  for (const { id, setup } of lesson.items) {
    const { why, difference } = results[id];
    if (why || difference) console.log(`  ${setup ? "(setup) " : ""}${id}: ${why || difference}`);
  }
  await db.close();
}

// Databases that an earlier run has left are as these would be.
const complete = join(plan.data, "complete.json");
if (existsSync(complete)) Object.assign(made, JSON.parse(readFileSync(complete, "utf8")));
else await makeLayers();
writeFileSync(complete, JSON.stringify({ postgres: made.postgres, sizes: made.sizes }));
for (const lesson of plan.lessons) await runCells(lesson);
writeFileSync(process.argv[2], JSON.stringify(made));
