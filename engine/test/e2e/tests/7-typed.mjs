import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";

const ALLOW = [/ERR_|403|409|Failed to load|NetworkError|can.t establish a connection|was interrupted/];
const typed = lesson => lesson.page.locator(".saved:visible", { hasText: "kept in this browser" });

/** Types where hands would, a character at a time, and kills the server while they are at it. */
async function typesWhileKilled(lesson, id, text, notebook) {
  await lesson.near(id);
  await lesson.editor(id).click();
  await lesson.page.keyboard.press("Control+End");
  const half = text.length >> 1;
  await lesson.page.keyboard.type(text.slice(0, half));
  await notebook.stop("SIGKILL");
  await lesson.page.keyboard.type(text.slice(half));
}

test("the server is killed while somebody types and started again: every character is in the old tab and in a new one", async (window, notebook) => {
  const old = await (await window.lesson("05-indexing")).fresh();
  const [first, second] = await old.steps();
  const mine = await old.adds(first, "sql", "select 1 as one");
  await old.saved(mine);
  const { port } = notebook;
  const written = await old.text(second);
  await typesWhileKilled(old, mine, " -- déjà vu, größer, 日本語 and 64 characters more, none of which may go", notebook);
  await typesWhileKilled(old, second, "\n// as well in a cell of the lesson", notebook);
  const own = await old.text(mine), lessons = await old.text(second);
  assert.match(own, /^select 1 as one -- déjà .* may go$/);
  await notebook.run();
  assert.equal(notebook.port, port, "it is where it was");
  await old.ready();
  await old.saved(mine);
  await old.saved(second);
  const other = await window.lesson("05-indexing", await window.another());
  await other.ready();
  for (const tab of [other, old]) {
    await tab.front();
    assert.equal(await tab.text(mine), own);
    assert.equal(await tab.text(second), lessons);
    assert.equal(await tab.page.locator(".conflict:visible").count(), 0, "nobody is asked where one side alone changed");
  }
  await old.runs(mine);
  await old.cell(second).getByRole("button", { name: "Restore" }).click();
  await old.saved(second);
  assert.equal(await old.text(second), written);
}, { seconds: 240, allow: ALLOW });

test("a new tab has what the old one had typed, also when the old one is closed before the server is back", async (window, notebook) => {
  const old = await (await window.lesson("05-indexing", await window.another())).fresh();
  const [first] = await old.steps();
  const mine = await old.adds(first, "sql", "select 'saved' as word");
  await old.saved(mine);
  await notebook.stop("SIGKILL");
  await old.types(mine, "select 'typed after its end' as word");
  await typed(old).waitFor();
  await old.page.close();
  await notebook.run();
  const other = await window.lesson("05-indexing");
  await other.ready();
  await other.saved(mine);
  assert.equal(await other.text(mine), "select 'typed after its end' as word");
}, { seconds: 240, allow: ALLOW });

test("a command for another lesson starts it again: the tab of before goes on, its exercise's file as well", async (window, notebook) => {
  const old = await (await window.lesson("05-indexing")).fresh();
  const { page } = window;
  await page.locator("[data-exercise='05.1'] .work").click();
  const answer = page.locator("[data-exercise='05.1'] .exercise-live .cm-content");
  await answer.click();
  await page.keyboard.press("Control+End");
  await notebook.stop("SIGKILL");
  await page.keyboard.type("\n-- typed in the exercise");
  await typed(old).waitFor();
  await notebook.run("06");
  await old.ready();
  const file = notebook.file("exercises/05-indexing/1-two-indexes/V2__two_indexes.sql");
  for (let tries = 0; tries < 100 && !fs.readFileSync(file, "utf8").includes("typed in the exercise"); tries++) await page.waitForTimeout(100);
  assert.match(fs.readFileSync(file, "utf8"), /-- typed in the exercise$/);
  const [first] = await old.steps();
  const mine = await old.adds(first, "sql", "select 'on' as goes");
  await old.runs(mine);
}, { seconds: 240, allow: ALLOW });

test("typed here while the server was gone, and changed elsewhere meanwhile: both texts are shown to choose from", async (window, notebook) => {
  const old = await (await window.lesson("05-indexing")).fresh();
  const [first] = await old.steps();
  const mine = await old.adds(first, "sql", "select 'both' as knew");
  await old.saved(mine);
  await notebook.stop("SIGKILL");
  await old.types(mine, "select 'typed here' as here");
  const kept = notebook.file(".course/notebook/05-indexing.json");
  fs.writeFileSync(kept, fs.readFileSync(kept, "utf8").replace("select 'both' as knew", "select 'changed on disk' as there"));
  await notebook.run();
  await old.ready();
  const choice = old.cell(mine).locator(".conflict");
  await choice.waitFor();
  assert.match(await choice.innerText(), /typed here[\s\S]*changed on disk/);
  await window.shot("conflict");
  await choice.getByRole("button", { name: "Keep this one" }).click();
  await old.saved(mine);
  await window.page.reload();
  await old.ready();
  assert.equal(await old.text(mine), "select 'typed here' as here");
}, { seconds: 240, allow: ALLOW });

test("where another program took the port, the page says what to do, sends it nothing, and gives what was typed as a file", async (window, notebook) => {
  const old = await (await window.lesson("05-indexing")).fresh();
  const [first] = await old.steps();
  const mine = await old.adds(first, "sql", "select 'saved' as word");
  await old.saved(mine);
  const { port } = notebook;
  await notebook.stop("SIGKILL");
  await old.types(mine, "select 'not for strangers' as word");
  const heard = [];
  const stranger = net.createServer(socket => {
    socket.on("data", data => {
      heard.push(data.toString());
      const body = JSON.stringify({ ok: true, rev: 1, run: "x", proof: "0".repeat(64), command: "mine" });
      socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    });
    socket.on("error", () => {});
  });
  await new Promise(done => stranger.listen(port, "127.0.0.1", done));
  try {
    await window.page.getByText("Something else answers").waitFor({ timeout: 20_000 });
    await old.editor(mine).click();
    await window.page.keyboard.press("End");
    await window.page.keyboard.insertText(" ");
    await window.page.waitForTimeout(1500);
    assert.ok(heard.length > 0);
    assert.ok(heard.every(text => !/not for strangers/.test(text)), "what was typed goes to nobody else");
    await notebook.run();
    assert.notEqual(notebook.port, port);
    assert.match(notebook.log, new RegExp(`${port}.* is taken`));
    const [download] = await Promise.all([window.page.waitForEvent("download"), window.page.getByRole("button", { name: "Save it as a file" }).click()]);
    assert.match(fs.readFileSync(await download.path(), "utf8"), /select 'not for strangers' as word/);
  } finally {
    await new Promise(done => stranger.close(done));
  }
}, { seconds: 240, allow: ALLOW });
