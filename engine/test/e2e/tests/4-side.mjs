import assert from "node:assert/strict";

test("the list of steps is numbered as the headings are, and says which steps ran, failed or are stale", async window => {
  const lesson = await (await window.lesson("03-migrations")).fresh();
  const link = id => window.page.locator(`.side .step > a[href="#${id}"]`);
  const became = async id => await link(id).locator(".became").count() ? link(id).locator(".became").getAttribute("data-became") : "";
  const [first, second, third] = await lesson.steps();
  const numbered = await window.page.evaluate(() => [...document.querySelectorAll(".side .step > a")].map((link, at) =>
    link.hash === "#" + document.querySelectorAll("main .step")[at].id && /counter\(/.test(getComputedStyle(link, "::before").content)));
  assert.ok(numbered.length > 5 && numbered.every(Boolean), "numbers of the list: " + numbered);
  assert.deepEqual([await became(first), await became(second), await became(third)], ["", "", ""]);
  await lesson.runs(third, "failed");
  await lesson.runs(second);
  assert.equal(await became(third), "failed");
  assert.equal(await became(second), "done");
  assert.match(await link(second).innerText(), /✓/);
  await lesson.types(second, "var migrations = 1;");
  await window.page.locator(`.side a[href="#${second}"] > .became[data-became=stale]`).waitFor();
  await window.shot("side");
  await lesson.cell(second).getByRole("button", { name: "Restore" }).click();
  await window.page.locator(`.side a[href="#${second}"] > .became[data-became=done]`).waitFor();
  await lesson.fresh();
  await window.page.waitForFunction(() => !document.querySelector(".side .became"));
});
