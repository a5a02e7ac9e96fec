import assert from "node:assert/strict";

test("while a database is prepared the page says how far that is, and a cell that it waits for PostgreSQL", async window => {
  await window.page.addInitScript(() => {
    const Original = EventSource;
    globalThis.streams = [];
    globalThis.EventSource = class extends Original { constructor(...address) { super(...address); globalThis.streams.push(this); } };
  });
  const lesson = await window.lesson("05-indexing");
  await lesson.ready();
  const [first] = await lesson.steps();
  const happens = (type, data) => window.page.evaluate(([name, content]) =>
    globalThis.streams.at(-1).dispatchEvent(new MessageEvent(name, { data: JSON.stringify(content) })), [type, data]);
  const says = "Preparing the database that lesson 04 leaves (2 of 2): a lot of posts, 5 of 5, 40 %, 97 of some 240 MB, for 12 s";
  await happens("database", { status: "starting", says, version: "" });
  await happens("cell", { id: first, status: "running", stale: false, why: "", ms: 0, count: 1, line: 0 });
  assert.equal(await window.page.locator(".preparing").innerText(), says);
  await window.page.waitForFunction(id => /waits for PostgreSQL/.test(document.querySelector(`[id="cell_${id}"] .status-text`).textContent), first);
  await window.shot("preparing");
  await happens("database", { status: "ready", says: "", version: "PostgreSQL 18.6" });
  await happens("cell", { id: first, status: "idle", stale: false, why: "", ms: 0, count: 0, line: 0 });
  assert.ok(await window.page.locator(".preparing").isHidden());
});
