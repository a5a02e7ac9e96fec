import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Evaluated by the debugger, which the page's policy does not bind. */
async function serious(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { result } = await session.send("Runtime.evaluate", { awaitPromise: true, returnByValue: true,
    expression: "axe.run(document, { resultTypes: ['violations'] }).then(found => JSON.stringify(found.violations.map(one => [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.target + ' ' + (node.failureSummary ?? '').slice(0, 200))])))" });
  return JSON.parse(result.value).filter(([impact]) => impact === "serious" || impact === "critical");
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious on a lesson in use, ${colorScheme}`, async window => {
    const lesson = await (await window.lesson("05-indexing")).fresh();
    const { page } = window, [first] = await lesson.steps();
    await lesson.runs(first);
    const mine = await lesson.adds(first, "sql", "select 1 as one, null as nothing; select 1 / 0");
    await lesson.runs(mine, "failed");
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await page.locator(".pair .cm-content").first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("w");
    await page.locator("[data-exercise='05.1'] .work").click();
    await page.locator(".exercise-live .cm-content").waitFor();
    assert.deepEqual(await serious(page), []);
    await page.keyboard.press("w");
    await lesson.cell(first).scrollIntoViewIfNeeded();
    await window.shot("work-" + colorScheme);
    await lesson.cell(mine).scrollIntoViewIfNeeded();
    await window.shot("scratch-" + colorScheme);
  }, { colorScheme, chromium: true });
}

test("on a phone nothing is wider than the screen, and a cell runs", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first] = await lesson.steps();
  await lesson.cell(first).locator(".run").tap();
  await lesson.ended(first);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(await wide() <= 0, `${await wide()} px too wide`);
  await lesson.cell(first).scrollIntoViewIfNeeded();
  await window.shot("phone");
  await page.locator(".menu summary").tap();
  await page.getByRole("button", { name: "Two sessions side by side" }).tap();
  await page.locator(".pair").waitFor();
  assert.ok(await wide() <= 0, `${await wide()} px too wide with sessions`);
  await window.shot("phone-sessions");
  await page.waitForTimeout(700);
  assert.deepEqual(await serious(page), []);
}, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, chromium: true });

test("the export menu gives a file of each kind", async window => {
  const lesson = await window.lesson("05-indexing");
  for (const [label, name] of [["Export as Jupyter notebook", /\.ipynb$/], ["Export as jbang script", /\.java$/]]) {
    await window.page.locator(".menu summary").click();
    const [download] = await Promise.all([window.page.waitForEvent("download"), window.page.getByRole("link", { name: label }).click()]);
    assert.match(download.suggestedFilename(), name);
  }
  await lesson.ready();
});
