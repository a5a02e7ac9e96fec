import assert from "node:assert/strict";

test("the sheet of keys shows what can be written in a cell, with an example each", async window => {
  await (await window.lesson("05-indexing")).ready();
  await window.page.getByRole("button", { name: "Keys" }).click();
  const sheet = window.page.locator("dialog.help[open]");
  for (const what of ["{{name}}", "-- result: name", "show tables", "Shell", "session A", "s and j", "sql NN.n"])
    assert.equal(await sheet.locator("dt", { hasText: what }).count(), 1, what);
  assert.equal(await sheet.locator("dd pre").count(), await sheet.locator("dt").count());
  await sheet.locator(".written").scrollIntoViewIfNeeded();
  await window.shot("sheet");
});

test("a cell of SQL answers show tables", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "show tables;");
  await lesson.runs(mine);
  assert.match(await lesson.result(mine).innerText(), /posts/);
  assert.equal(await lesson.result(mine).locator("th").first().innerText().then(text => text.replace(/[^a-z]/g, "")), "schema");
});
