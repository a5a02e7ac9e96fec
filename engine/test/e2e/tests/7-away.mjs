import assert from "node:assert/strict";
import { lessons } from "../recording.mjs";

test("the server goes away and comes back: the page says so, and what was typed meanwhile is sent", async (window, notebook) => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select 'before' as word");
  await lesson.saved(mine);
  await notebook.stop();
  await lesson.types(mine, "select 'typed while nobody was there' as word");
  await window.page.getByText("The notebook’s server is gone").waitFor();
  await lesson.cell(mine).locator(".saved", { hasText: "kept in this browser" }).waitFor();
  await window.shot("away");
  await notebook.run();
  await window.page.getByText("The notebook was started again").waitFor({ timeout: 20_000 });
  const again = await window.lesson("05-indexing");
  await again.ready();
  await again.saved(mine);
  assert.match(await again.text(mine), /typed while nobody was there/);
  await again.runs(mine);
  assert.match(await again.result(mine).innerText(), /typed while nobody was there/);
}, { seconds: 200, allow: [/ERR_|403|Failed to load/] });

test("offline for a while: what was typed is sent when the network is back", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select 1");
  await lesson.saved(mine);
  await window.context.setOffline(true);
  await lesson.types(mine, "select 2 as two");
  await window.page.waitForTimeout(900);
  await window.context.setOffline(false);
  await lesson.saved(mine);
  await window.page.reload();
  await window.page.locator(".live").first().waitFor();
  assert.equal(await lesson.text(mine), "select 2 as two");
}, { allow: [/ERR_|Failed to load/] });

test("a command whose answer the browser gave up is sent again, and done once", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select 1");
  await lesson.saved(mine);
  let given = 0;
  await window.page.route("**/api/*/scratch", async route => {
    if (given++) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  const before = (await lesson.ids()).length;
  await lesson.adds(mine, "sql", "select 2");
  await window.page.waitForTimeout(1000);
  assert.equal(given, 2);
  assert.equal((await lesson.ids()).length, before + 1);
}, { allow: [/CONNECTION_RESET/], chromium: true });

test("two windows see the same cells, and two texts of one cell are both shown to choose from", async window => {
  const one = await (await window.lesson("05-indexing")).fresh();
  const two = await window.lesson("05-indexing", await window.another());
  const [first] = await one.steps();
  await one.front();
  const mine = await one.adds(first, "sql", "select 'both' as seen");
  await one.runs(mine);
  await two.front();
  await two.ended(mine);
  assert.match(await two.result(mine).innerText(), /both/);
  await two.page.context().setOffline(false);
  await two.page.route("**/api/*/save", route => route.abort());
  await two.types(mine, "select 'second window'");
  await two.page.waitForTimeout(800);
  await one.front();
  await one.types(mine, "select 'first window'");
  await one.saved(mine);
  await two.page.unrouteAll({ behavior: "wait" });
  await two.front();
  await two.editor(mine).click();
  await two.page.keyboard.press("End");
  await two.page.keyboard.insertText(" ");
  const conflict = two.cell(mine).locator(".conflict");
  await conflict.waitFor();
  assert.match(await conflict.innerText(), /second window[\s\S]*first window/);
  await two.page.evaluate(() => dispatchEvent(new Event("online")));   // the whole state comes anew
  await two.page.waitForTimeout(1500);
  assert.equal(await one.text(mine), "select 'first window'", "nothing is chosen for the person");
  assert.ok(await conflict.isVisible());
  await conflict.getByRole("button", { name: "Take this one" }).click();
  await two.saved(mine);
  assert.equal(await two.text(mine), "select 'first window'");
}, { allow: [/ERR_|Failed to load|409/] });

test("eight tabs: the ones that nobody looks at keep no connection, and each is right when somebody comes back", async (window, notebook) => {
  const names = lessons.slice(0, 2), tabs = [];
  for (let i = 0; i < 8; i++) {
    for (const other of tabs) await looks(other.page, false);
    const page = i ? await window.another() : window.page;
    await page.addInitScript(hideable);
    const tab = await window.lesson(names[i % 2], page);
    await page.locator(".light[data-status]:not([data-status=none])").first().waitFor();
    tabs.push(tab);
  }
  const [first] = tabs, last = tabs.at(-2);   // the same lesson
  await looks(tabs.at(-1).page, false);
  await looks(last.page, true);
  await last.ready();
  const mine = await last.adds((await last.steps())[0], "sql", "select 'eight' as tabs");
  await last.runs(mine);
  assert.equal(await first.cell(mine).count(), 0, "a tab that nobody looks at is told nothing");
  await looks(last.page, false);
  for (const on of [false, false, true]) await looks(first.page, on);
  await first.cell(mine).waitFor({ timeout: 15_000 });
  await first.ended(mine);
  assert.match(await first.result(mine).innerText(), /eight/);
  await first.page.waitForTimeout(4500);   // it was told more than once that it is hidden, and leaves after four seconds
  await first.runs(mine);
}, { seconds: 240 });

/** Chromium without a screen shows all tabs at once. */
function hideable() {
  let hidden = false;
  Object.defineProperty(document, "hidden", { get: () => hidden });
  Object.defineProperty(document, "visibilityState", { get: () => hidden ? "hidden" : "visible" });
  globalThis.looks = on => { hidden = !on; document.dispatchEvent(new Event("visibilitychange")); };
}
const looks = (page, on) => page.evaluate(value => globalThis.looks(value), on);

test("back and forth: the page that comes out of the browser's memory is connected again", async window => {
  const lesson = await window.lesson("05-indexing");
  await lesson.ready();
  await window.page.goto(window.page.url().replace(/05-indexing.*/, "index.html"));
  await window.page.goBack();
  await lesson.ready();
  const mine = await lesson.adds((await lesson.steps())[0], "sql", "select 'back' as again");
  await lesson.runs(mine);
  assert.match(await lesson.result(mine).innerText(), /back/);
});
