import assert from "node:assert/strict";
import { serious } from "../axe.mjs";

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
