import assert from "node:assert/strict";

test("opening a page runs nothing", async window => {
  const lesson = await window.lesson("05-indexing");
  await lesson.ready();
  await window.page.waitForTimeout(500);
  assert.deepEqual(await window.page.locator(".live:not([data-status=idle])").count(), 0);
  assert.equal(await window.page.locator(".result.yours:visible").count(), 0, "the recorded results stand as in the book");
  await window.shot("opening-light");
});

test("the whole page weighs 300 kB at most, compressed", async window => {
  const session = await window.context.newCDPSession(window.page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", event => { bytes += event.encodedDataLength; });
  await window.lesson("08-query-tuning");
  await window.page.waitForLoadState("load");
  await window.page.waitForTimeout(1000);
  console.log(`  08-query-tuning: ${Math.round(bytes / 1024)} kB over the wire`);
  assert.ok(bytes > 50_000 && bytes < 300 * 1024, `${bytes} bytes`);
}, { chromium: true });

test("an address without the token says how to open the notebook", async (window, notebook) => {
  const answer = await window.page.goto(`http://127.0.0.1:${notebook.port}/05-indexing.html`);
  assert.equal(answer.status(), 403);
  assert.match(await window.page.locator("body").innerText(), /notebook/i);
}, { allow: [/403/] });

test("an exercise's own page has the editor as well", async window => {
  await window.lesson("05-indexing");
  await window.page.goto(window.page.url().replace(/[^/]*$/, "exercises/05-1-two-indexes.html"));
  await window.page.locator(".exercise-live .cm-content").waitFor();
  assert.match(await window.page.locator(".exercise-live .cm-content").innerText(), /create index/i);
});

test("what the browser gave up while the page came is fetched again, and the editor as well", async window => {
  const once = [], giveUp = route => once.includes(route.request().url()) ? route.continue() : (once.push(route.request().url()), route.abort("connectionreset"));
  await window.context.route("**/assets/watch.js", giveUp);
  await window.context.route("**/assets/editor.js", giveUp);
  await window.context.route("**/assets/book.css", giveUp);
  const lesson = await window.lesson("05-indexing");
  const [first] = await lesson.steps();
  await lesson.near(first);
  assert.equal(once.length, 3);
}, { allow: [/CONNECTION_RESET/] });

test("a page that stays without one of its parts says so", async (window, notebook) => {
  await window.context.route("**/assets/watch.js", route => route.abort("connectionreset"));
  await window.page.goto(notebook.page("05-indexing.html"));
  await window.page.getByRole("alert").getByText("did not come").waitFor();
  await window.shot("incomplete");
}, { allow: [/CONNECTION_RESET/] });
