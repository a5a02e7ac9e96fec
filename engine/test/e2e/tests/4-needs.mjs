import assert from "node:assert/strict";

const needs = (lesson, id) => lesson.cell(id).locator(":scope > .needs");

test("a cell that uses what an earlier one has not made yet says which, and a button runs those cells and then this one", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  // Names of this test alone: Java remembers what cells of other tests have declared.
  const six = await lesson.adds(first, "java", "var needed = 6;");
  const seven = await lesson.adds(six, "java", "var fed = needed + 1;");
  const other = await lesson.adds(seven, "java", "var other = 1;");
  const uses = await lesson.adds(other, "java", "var unused = 1;\nSystem.out.println(needed * fed);\nvar more = 2;");
  await lesson.runs(uses, "failed");
  await needs(lesson, uses).waitFor();
  assert.match(await needs(lesson, uses).innerText(), /needed and fed come from cells that have not run/);
  assert.match(await lesson.result(uses).innerText(), /cannot find symbol: variable needed/);
  assert.doesNotMatch(await lesson.result(uses).innerText(), /unused/, "the message repeats the cell");
  await window.shot("needs");
  await lesson.runs(uses, "done", () => needs(lesson, uses).getByRole("button", { name: "Run what it needs" }).click());
  assert.match(await lesson.result(uses).innerText(), /42/);
  assert.equal(await lesson.status(six), "done");
  assert.equal(await lesson.status(other), "idle", "a cell ran that it does not need");
  assert.ok(await needs(lesson, uses).isHidden());
});

test("SQL that finds no table, and SQL that finds no variable of Java, say which cell makes it", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const table = await lesson.adds(first, "sql", "create temporary table mine_only as select 1 as n;", "A");
  const price = await lesson.adds(table, "java", "var price = 9;");
  const reads = await lesson.adds(price, "sql", "select n + {{price}} as total from mine_only;", "A");
  await lesson.runs(reads, "failed");
  await needs(lesson, reads).waitFor();
  assert.match(await needs(lesson, reads).innerText(), /price comes from a cell that has not run: your cell var price = 9;\. First runs your cell create temporary/);
  await lesson.runs(reads, "done", () => needs(lesson, reads).getByRole("button", { name: "Run what it needs" }).click());
  assert.match(await lesson.result(reads).innerText(), /10/);
});

test("a step that meets what has run before offers a fresh database and the steps up to it", async window => {
  const lesson = await (await window.lesson("03-migrations")).fresh();
  const steps = await lesson.steps();
  const spoils = await lesson.adds(steps[0], "sql", "create schema lab; create view lab.users as select 1 as id; alter schema lab owner to course_owner");
  await Promise.all([window.page.waitForResponse(/\/change$/), lesson.cell(spoils).locator("select[aria-label=role]").selectOption("admin")]);
  await lesson.runs(spoils);
  await lesson.runs(steps[0], "failed");
  await needs(lesson, steps[0]).waitFor();
  await window.shot("needs-reset");
  await lesson.runs(steps[0], "done", () => needs(lesson, steps[0]).getByRole("button", { name: "Reset and run to here" }).click());
  assert.equal(await lesson.status(spoils), "idle");
});

test("a step that is run before those it needs names them by number and heading, and runs them", async window => {
  const lesson = await (await window.lesson("03-migrations")).fresh();
  const [, second, third] = await lesson.steps();
  await lesson.runs(third, "failed");
  await needs(lesson, third).waitFor();
  assert.match(await needs(lesson, third).innerText(), /migrations.* from a cell that has not run: 2 What does Flyway write down\?/);
  await window.shot("needs-step");
  await lesson.runs(third, "done", () => needs(lesson, third).getByRole("button", { name: "Run what it needs" }).click());
  assert.equal(await lesson.status(second), "done");
});
