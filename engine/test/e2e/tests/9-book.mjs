import assert from "node:assert/strict";

const book = (notebook, page) => "file://" + notebook.file("docs", page);
const allow = [/a request to file:/];

test("who predicts first sees neither the result nor what it means, until it is asked for", async (window, notebook) => {
  const { page } = window;
  await page.goto(book(notebook, "05-indexing.html"));
  const step = page.locator("#equality-first"), meaning = step.locator("> .meaning");
  assert.ok(await meaning.isVisible());
  await page.getByRole("button", { name: "Predict first" }).click();
  assert.ok(!await meaning.isVisible());
  assert.ok(!await step.locator("> .result .plan").first().isVisible());
  await step.getByRole("button", { name: "Show the result" }).click();
  assert.ok(await meaning.isVisible());
  assert.ok(await step.locator("> .result .plan").first().isVisible());
  assert.ok(!await page.locator("#both-directions > .meaning").isVisible(), "the next one is still hidden");
}, { allow });

test("in the notebook what a step means is hidden until its cell has run", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const meaning = window.page.locator("#ten-posts > .meaning");
  assert.ok(!await meaning.isVisible());
  await lesson.runs("ten-posts");
  assert.ok(await meaning.isVisible());
  await lesson.fresh();
});

test("on a narrow screen the contents are a drawer, and on a phone a small bar goes from step to step", async (window, notebook) => {
  const { page } = window;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(book(notebook, "05-indexing.html#both-directions"));
  const bar = page.getByRole("navigation", { name: "Steps" });
  await bar.getByRole("button", { name: "3/18" }).waitFor();
  await bar.getByRole("link", { name: /^Next step: Is an index on a status useless/ }).click();
  await bar.getByRole("button", { name: "4/18" }).click();
  const side = page.getByRole("navigation", { name: "Contents" });
  assert.ok(await side.isVisible());
  await window.shot("drawer");
  await side.getByRole("link", { name: "Which column comes first?" }).click();
  await page.waitForURL(/#equality-first$/);
  assert.ok(!await side.isVisible());
  await page.setViewportSize({ width: 1280, height: 900 });
  assert.ok(await side.isVisible(), "beside the text it stands open");
}, { allow });

test("the page of all lessons says where one was, and in the notebook what is passed", async (window, notebook) => {
  const { page } = window;
  await page.goto(notebook.page("05-indexing.html"));
  await page.evaluate(() => { location.hash = "#equality-first"; });
  await page.waitForFunction(() => localStorage.getItem("place")?.includes("equality-first"));
  await page.goto(notebook.page("index.html"));
  await page.getByRole("link", { name: "Continue: 05 Indexing, step 2" }).waitFor();
  await page.locator(".lessons h3 > a", { hasText: "Indexing" }).locator(".done", { hasText: "0/6" }).waitFor();
  await window.shot("index");
  await page.getByRole("link", { name: "Continue: 05 Indexing, step 2" }).click();
  await page.waitForURL(/05-indexing\.html#equality-first$/);
});
