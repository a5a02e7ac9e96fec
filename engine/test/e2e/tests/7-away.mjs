import assert from "node:assert/strict";

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

test("two windows see the same cells, and two texts of one cell are both shown to choose from", async window => {
  const one = await (await window.lesson("05-indexing")).fresh();
  const two = await window.lesson("05-indexing", await window.another());
  const [first] = await one.steps();
  const mine = await one.adds(first, "sql", "select 'both' as seen");
  await two.cell(mine).waitFor();
  await one.runs(mine);
  await two.ended(mine);
  assert.match(await two.result(mine).innerText(), /both/);
  await two.page.context().setOffline(false);
  await two.page.route("**/api/*/save", route => route.abort());
  await two.types(mine, "select 'second window'");
  await two.page.waitForTimeout(800);
  await one.types(mine, "select 'first window'");
  await one.saved(mine);
  await two.page.unrouteAll({ behavior: "wait" });
  await two.editor(mine).click();
  await two.page.keyboard.press("End");
  await two.page.keyboard.insertText(" ");
  const conflict = two.cell(mine).locator(".conflict");
  await conflict.waitFor();
  assert.match(await conflict.innerText(), /second window[\s\S]*first window/);
  await conflict.getByRole("button", { name: "Take this one" }).click();
  await two.saved(mine);
  assert.equal(await two.text(mine), "select 'first window'");
}, { allow: [/ERR_|Failed to load|409/] });
