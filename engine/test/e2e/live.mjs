// Tests of the published book; live.sh starts it.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { change, close, kind, open } from "./browser.mjs";
import { lessons } from "./recording.mjs";
import { serve } from "./site.mjs";

const folder = process.env.SITE;
const site = await serve(folder);
const told = lesson => JSON.parse(fs.readFileSync(path.join(folder, "assets/live/lessons", lesson + ".json"), "utf8"));
const cellsOf = lesson => told(lesson).items.filter(item => !item.setup).map(item => item.id);
const live = lessons.filter(lesson => fs.existsSync(path.join(folder, "assets/live/lessons", lesson + ".json")));
const tests = [];
const test = (name, does, options = {}) => tests.push({ name, does, options });

async function visit(window, lesson, hash = "") {
  await window.page.goto(`${site.url}${lesson}.html${hash}`);
}

/** Clicks on Run here and waits for what comes of it. */
async function runs(window, id) {
  const step = window.page.locator("#" + id);
  await step.evaluate(step => step.querySelector("[role=status]")?.replaceChildren());   // what an earlier run has said
  await step.getByRole("button", { name: "Run here" }).click();
  await step.locator(".live-bar [role=status]").filter({ hasText: /^(Done|Failed|Stopped|This browser)/ }).waitFor({ timeout: 120_000 });
  return { state: await step.locator(".live-result").getAttribute("data-state"), step };
}

for (const lesson of live) {
  test(`${lesson}: every cell runs as it did when the book was published`, async window => {
    await visit(window, lesson);
    const { differences } = told(lesson);
    for (const id of cellsOf(lesson)) {
      const { state, step } = await runs(window, id);
      assert.equal(state, "done", `${id}: ${await step.locator(".live-result").innerText()}`);
      assert.equal(await step.locator(".live-result").getAttribute("data-like"), differences[id] ?? "yes", id);
    }
  }, { seconds: 600, chromium: !/^0[15]/.test(lesson) });
}

test("the page weighs 5 KB more than the book's at most, and looks like it where there is no WebAssembly", async window => {
  const added = ["assets/live/start.js", "assets/live/live.css"].map(file => fs.statSync(path.join(folder, file)).size);
  for (const lesson of lessons) {
    const grown = fs.statSync(path.join(folder, lesson + ".html")).size - fs.statSync(path.join(process.env.COURSE, "docs", lesson + ".html")).size;
    assert.ok(grown + added[0] + added[1] <= 5_000, `${lesson}: ${grown} + ${added}`);
  }
  await window.context.addInitScript(() => { delete globalThis.WebAssembly; });
  await visit(window, live[0]);
  assert.equal(await window.page.locator(".live-bar, .live-free").count(), 0);
});

test("before the click nothing of PostgreSQL is fetched, and never anything from elsewhere", async window => {
  const asked = [];
  window.page.on("request", request => asked.push(request.url()));
  await visit(window, "05-indexing");
  await window.page.waitForLoadState("networkidle");
  assert.deepEqual(asked.filter(url => /assets\/live/.test(url)).map(url => url.split("/").pop()).sort(), ["live.css", "start.js"]);
  await runs(window, "both-directions");
  assert.deepEqual(asked.filter(url => !url.startsWith(site.url)), []);
});

test("once it is loaded it runs without the server, also after it was stopped", async window => {
  await visit(window, "05-indexing");
  await runs(window, "both-directions");
  await window.context.setOffline(true);
  assert.equal((await runs(window, "both-directions")).state, "done");
  const code = window.page.locator("#sql_of_your_own code"), free = window.page.locator("#sql_of_your_own");
  await code.fill("do $$ begin loop perform 1; end loop; end $$");
  await free.getByRole("button", { name: "Run here" }).click();
  await free.getByText("Running …").waitFor();
  await free.getByRole("button", { name: "Stop" }).click();
  await free.getByText(/^Stopped/).waitFor();
  await code.fill("select count(*) from app.posts");
  await runs(window, "sql_of_your_own");
  assert.match(await free.locator(".live-result").innerText(), /100000/);
  await window.context.setOffline(false);
}, { chromium: true });

test("what is changed stays in the browser, until it is restored; a link carries it", async window => {
  await visit(window, "01-connecting");
  await runs(window, "who-you-are");
  const code = window.page.locator("#who-you-are pre.cell > code"), before = await code.innerText();
  await code.fill("select 6 * 7 as answer");
  const { step } = await runs(window, "who-you-are");
  assert.match(await step.locator(".live-result").innerText(), /18\.\d+ in your browser, of your own text/);
  assert.match(await step.locator(".live-result").innerText(), /42/);
  await visit(window, "01-connecting");
  await runs(window, "who-you-are");
  assert.equal((await code.innerText()).trim(), "select 6 * 7 as answer");
  await step.getByRole("button", { name: "Restore" }).click();
  assert.equal(await code.innerText(), before);
  await visit(window, "02-pooling", "#sql=" + encodeURIComponent("select 'from a link' as text"));
  await runs(window, "sql_of_your_own");
  assert.match(await window.page.locator("#sql_of_your_own .live-result").innerText(), /from a link/);
});

test("a cell in the middle runs what it needs first", async window => {
  await visit(window, "05-indexing");
  assert.equal((await runs(window, "skip-scan")).state, "done");
});

test("on a phone nothing is wider than the page, and it takes 500 MB at most", async window => {
  await window.page.setViewportSize({ width: 390, height: 844 });
  await visit(window, "05-indexing");
  await runs(window, "ten-posts");
  await window.page.locator("#ten-posts .live-result").scrollIntoViewIfNeeded();
  await window.shot("live-phone");
  assert.ok(await window.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "something is too wide");
  const session = await window.context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const memory = Math.max(...processInfo.filter(({ type }) => type === "renderer").map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${id}/status`, "utf8"))[1]) / 1024));
  console.log(`  the page's process: ${memory.toFixed(0)} MB`);
  assert.ok(memory <= 500, `${memory} MB`);
}, { chromium: true });

test("the first page says how many cells run, and others say what runs them", async window => {
  await window.page.goto(site.url + "index.html");
  assert.match(await window.page.locator(".live-share").innerText(), /^\d+ of \d+ cells run in your browser/);
  await window.shot("live-index");
  await visit(window, "05-indexing");
  assert.match(await window.page.locator("#like .live-bar").innerText(), /This cell is Java\. To run it: .\/jbang notebook 05/);
  await runs(window, "ten-posts");
  await window.page.locator("#ten-posts .live-bar").scrollIntoViewIfNeeded();
  await window.shot("live-cell");
});

let passed = 0;
const failed = [];
const wanted = process.argv.slice(2);
for (const browser of process.env.BROWSERS.split(" ")) {
  await change(browser);
  for (const { name, does, options: { chromium, seconds = 180, ...options } } of tests) {
    if (chromium && browser !== "chromium" || wanted.length && !wanted.some(word => name.startsWith(word))) continue;
    const began = Date.now();
    const window = await open({}, options);
    let timer;
    try {
      await Promise.race([does(window), new Promise((_, late) => { timer = setTimeout(() => late(new Error(`not done within ${seconds} s`)), seconds * 1000); })]);
      if (window.complaints().length) throw new Error("the browser complains:\n  " + window.complaints().join("\n  "));
      passed++;
      console.log(`✓ ${kind}: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (trouble) {
      await window.shot("failed-" + name.replace(/\W+/g, "-").slice(0, 50)).catch(() => {});
      failed.push(`✗ ${kind}: ${name}\n  ${String(trouble.stack ?? trouble).split("\n").slice(0, 14).join("\n  ")}`);
      console.log(failed.at(-1) + (window.complaints().length ? "\n  the browser complains: " + window.complaints().join("\n  ") : ""));
    } finally {
      clearTimeout(timer);
      await window.close();
    }
  }
}
await close();
site.close();
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
