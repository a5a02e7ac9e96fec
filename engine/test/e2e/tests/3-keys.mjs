import assert from "node:assert/strict";

const current = page => page.evaluate(() => document.activeElement.closest(".live")?.dataset.cell);

test("keys run, walk, add and remove as in Jupyter, and none fires while typing", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first, second] = await lesson.steps();
  await lesson.cell(first).focus();
  await page.keyboard.press("j");
  assert.equal(await current(page), second);
  await page.keyboard.press("ArrowUp");
  assert.equal(await current(page), first);
  const mine = await lesson.adds(first, "sql", "select 'jkabdd00ii?ws' as typed");
  assert.equal(await lesson.text(mine), "select 'jkabdd00ii?ws' as typed");
  assert.equal(await page.locator("dialog[open], .watch:visible").count(), 0);
  await lesson.runs(mine, "done", () => page.keyboard.press("Shift+Enter"));
  assert.equal(await current(page), second, "Shift-Enter goes on to the next cell");
  assert.match(await lesson.result(mine).innerText(), /jkabdd00ii\?ws/);
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".cm-content")), "Enter edits");
  await page.keyboard.press("Escape");
  assert.equal(await current(page), mine);
  await lesson.runs(mine, "done", () => page.keyboard.press("Control+Enter"));
  await page.keyboard.press("Alt+Enter");
  await page.waitForFunction(() => document.querySelectorAll(".live.scratch").length === 2 && document.activeElement.matches(".cm-content"));
  await page.keyboard.press("Escape");
  await lesson.twice("d");
  await page.waitForFunction(() => document.querySelectorAll(".live.scratch").length === 1);
  await page.getByRole("button", { name: "Undo" }).first().click();
  await page.waitForFunction(() => document.querySelectorAll(".live.scratch").length === 2);
});

test("Escape leaves the editor also while proposals are on their way", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql");
  let asked, answer;
  const arrived = new Promise(done => { asked = done; }), held = new Promise(done => { answer = done; });
  await page.route("**/complete", async route => { asked(); await held; await route.continue(); });
  await page.keyboard.type("select count(*) from app.us");
  await arrived;
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".live")), "one Escape is enough");
  answer();
  await page.unrouteAll({ behavior: "wait" });
  await lesson.twice("d");
  await page.waitForFunction(() => !document.querySelector(".live.scratch"));
  assert.equal(await current(page), (await lesson.steps())[1], `not ${mine}, which is gone`);
});

test("a cell that is removed while its last words are on their way is gone, and nothing of it is offered again", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql");
  const order = [];
  page.on("response", answer => { const command = answer.url().split("/").pop(); if (/^(save|remove)$/.test(command)) order.push(command + " " + answer.status()); });
  await page.route("**/save", async route => { await new Promise(later => setTimeout(later, 700)); await route.continue(); });
  await page.keyboard.type("select 'the last words'");
  await page.keyboard.press("Escape");
  await lesson.twice("d");
  await page.waitForFunction(at => !document.getElementById("cell_" + at), mine);
  assert.match(order.join(", "), /^(save 200, )+remove 200$/);   // a slow machine saves more than once
  await page.unrouteAll({ behavior: "wait" });
  await page.reload();
  await page.locator(".live").first().waitFor();
  await lesson.ready();
  assert.equal(await page.getByText("is not there any more").count(), 0);
});

test("d d removes no cell of the lesson, and ? shows the keys", async window => {
  const lesson = await window.lesson("05-indexing");
  const steps = await lesson.steps();
  await lesson.cell(steps[0]).focus();
  await lesson.twice("d");
  await window.page.keyboard.press("?");
  await window.page.getByRole("dialog").getByText("run the cell, go to the next").waitFor();
  await window.shot("help");
  await window.page.keyboard.press("Escape");
  assert.deepEqual(await lesson.steps(), steps);
});

test("0 0 resets the database, after a question", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "create table app.mine (x int)");
  await lesson.cell(mine).locator("select[aria-label=role]").selectOption("owner");
  await lesson.runs(mine);
  await window.page.keyboard.press("Escape");
  await lesson.cell(mine).focus();
  await lesson.twice("0");
  await window.page.getByRole("button", { name: "Reset", exact: true }).last().click();
  await window.page.waitForFunction(at => document.getElementById("cell_" + at).dataset.status === "idle", mine);
  await lesson.ready();
  await lesson.runs(mine);
});

test("Tab completes from the catalog, Escape and Tab leave the editor", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select count(*) from app.use");
  await window.page.keyboard.press("Tab");
  await window.page.locator(".cm-tooltip-autocomplete").getByText("users", { exact: false }).first().waitFor();
  await window.shot("completion");
  await window.page.keyboard.press("Tab");
  assert.match(await lesson.text(mine), /from app\.users/);
  await window.page.keyboard.press("Escape");
  await window.page.keyboard.press("Escape");
  await window.page.keyboard.press("Tab");
  assert.ok(await window.page.evaluate(() => !document.activeElement.closest(".cm-content")));
});

test("Tab goes through the page and edits nothing; Enter opens an editor, Escape leaves it", async (window, notebook) => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first, second] = await lesson.steps();
  await page.locator("[data-exercise='05.1'] .work").click();
  await page.locator(".exercise-live .cm-content").waitFor();
  await lesson.near(second);
  await lesson.near(first);
  const texts = async () => {
    const all = [];
    for (const id of (await lesson.steps()).slice(0, 4)) all.push(await lesson.text(id));
    return all;
  };
  const before = await texts(), seen = new Set();
  await lesson.cell(first).focus();
  for (let i = 0; i < 40; i++) {
    seen.add(await page.evaluate(() => document.activeElement.dataset.cell));
    await page.keyboard.press("Tab");
    assert.ok(!await page.evaluate(() => document.activeElement.closest(".cm-editor")), "Tab is in no editor");
  }
  assert.ok(seen.has(first) && seen.has(second), "it comes by the cells");
  await page.keyboard.press("Shift+Tab");
  assert.ok(!await page.evaluate(() => document.activeElement.closest(".cm-editor")));
  assert.deepEqual(await texts(), before);
  await lesson.cell(first).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest(".cm-editor"));
  await page.keyboard.press("Escape");
  assert.equal(await current(page), first);
  const pane = page.locator(".exercise-live .pane:visible");
  await pane.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.closest(".exercise-live .cm-editor")), "Enter edits the exercise's file as well");
  await page.keyboard.press("Escape");
  assert.ok(await pane.evaluate(one => one === document.activeElement));
});

test("proposals end with the run, and what stands there already is not proposed", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first] = await lesson.steps();
  const proposals = page.locator(".cm-tooltip-autocomplete");
  const mine = await lesson.adds(first, "sql");
  await page.keyboard.type("select count(*) from app.use");
  await proposals.waitFor({ timeout: 10_000 });
  await page.keyboard.type("rs");
  await proposals.waitFor({ state: "detached" });
  await page.keyboard.press("Tab");
  await page.waitForTimeout(1000);
  assert.equal(await proposals.count(), 0, "nothing is left to propose");
  assert.equal(await lesson.text(mine), "select count(*) from app.users");
  await page.keyboard.press("Enter");
  await page.keyboard.type("where em");
  await proposals.waitFor({ timeout: 10_000 });
  await lesson.runs(mine, "failed", () => page.keyboard.press("Control+Enter"));
  await page.waitForTimeout(500);
  assert.equal(await proposals.count(), 0, "by the key");
  await page.keyboard.type("a");
  await lesson.runs(mine, "failed", () => page.keyboard.press("Control+Enter"));   // while they are on their way
  await page.waitForTimeout(1000);
  assert.equal(await proposals.count(), 0, "nor those that came late");
  await page.keyboard.type("i");
  await proposals.waitFor({ timeout: 10_000 });
  await lesson.runs(mine, "failed", () => lesson.cell(mine).locator(".run").click());
  await page.waitForTimeout(500);
  assert.equal(await proposals.count(), 0, "by the button");
});
