// Every kind of page, by everybody: axe, targets of a finger, twice the size.
import assert from "node:assert/strict";
import fs from "node:fs";
import { serious, small, unfit } from "../axe.mjs";

const KINDS = ["index.html", "05-indexing.html", "03-migrations.html", "exercises/05-1-two-indexes.html", "words.html", "reference.html"];
const allow = [/a request to file:/];
// Each width and each scheme once: colours do not depend on the width.
const WINDOWS = [
  { viewport: { width: 390, height: 900 }, colorScheme: "dark", chromium: true },
  { viewport: { width: 1280, height: 900 }, colorScheme: "light", chromium: true },
  { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2, colorScheme: "light", chromium: true },   // a notebook's screen at twice the size
];

async function judged(page, what) {
  await page.waitForTimeout(700);   // what scrolls is found when the browser has time
  assert.deepEqual(await serious(page), [], what);
  assert.deepEqual(await small(page), [], what);
  assert.deepEqual(await unfit(page), [], what);
}

for (const options of WINDOWS) {
  const where = `${options.viewport.width} px, ${options.colorScheme}`;

  test(`every kind of page of the book can be used by everybody, ${where}`, async (window, notebook) => {
    const { page } = window;
    for (const kind of KINDS) {
      await page.goto("file://" + notebook.file("docs", kind));
      await judged(page, kind);
    }
    const search = page.getByRole("combobox", { name: "Search the book" });
    for (const query of ["lock", "xyzzyqq"]) {
      await search.fill(query);
      await page.waitForFunction(none => !document.getElementById("book_found").hidden && !!document.querySelector("#book_found .none") === none, query !== "lock");
      await judged(page, "searched for " + query);
    }
  }, { ...options, allow, seconds: 240 });

  test(`the notebook can be used by everybody, ${where}`, async (window, notebook) => {
    const lesson = await (await window.lesson("05-indexing")).fresh();
    const { page } = window, [first] = await lesson.steps();
    await lesson.runs(first);
    const mine = await lesson.adds(first, "sql", "select * from (values (1, null), (2, '')) v (one, nothing); select 1 / 0");
    await lesson.runs(mine, "failed");
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await page.locator(".pair .cm-content").first().waitFor();
    await page.keyboard.press("Escape");
    const writing = () => page.evaluate(() => !!document.activeElement.closest(".cm-content"));
    for (let tries = 0; tries < 20 && await writing(); tries++) {   // the first one may close proposals
      await page.waitForTimeout(200);
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("w");
    await page.locator(".watch tbody tr").first().waitFor();
    await judged(page, "a lesson in use, with its sessions");
    await page.keyboard.press("w");
    await lesson.cell(mine).scrollIntoViewIfNeeded();
    await window.shot("scratch-" + where.replace(/\W+/g, "-"));
    await page.locator("[data-exercise='05.1'] .work").click();
    const live = page.locator("[data-exercise='05.1'] .exercise-live");
    await live.locator(".cm-content").waitFor();
    await live.getByRole("button", { name: /^Verify/ }).click();
    await live.locator(".judged:not([aria-busy=true]) section.verdict").waitFor({ timeout: 120_000 });   // not one of before, which is pale meanwhile
    await judged(page, "a verdict");
    await live.locator("section.verdict").scrollIntoViewIfNeeded();
    await window.shot("verdict-" + where.replace(/\W+/g, "-"));
    for (const name of ["index.html", "exercises/05-2-found-by-everybody.html"]) {
      await page.goto(notebook.page(name));
      await page.locator(name === "index.html" ? ".lessons .done" : ".exercise-live .cm-content").first().waitFor({ state: "attached" });
      await judged(page, "the notebook's " + name);
      await window.shot(name.replace(/\W+/g, "-") + where.replace(/\W+/g, "-"));
    }
  }, { ...options, seconds: 300 });
}

test("at twice the size, and on the narrowest phone, nothing in the book is wider than the screen or cut", async (window, notebook) => {
  const { page } = window;
  const lessons = fs.readdirSync(notebook.file("docs")).filter(name => /^\d\d-.*\.html$/.test(name));
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 450 });
    for (const name of new Set([...KINDS, ...lessons])) {
      await page.goto("file://" + notebook.file("docs", name));
      assert.deepEqual(await unfit(page), [], `${name} at ${width} px`);
    }
  }
}, { allow, deviceScaleFactor: 2, chromium: true, seconds: 300 });
