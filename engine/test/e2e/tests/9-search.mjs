import assert from "node:assert/strict";
import fs from "node:fs";

const FIRST = {
  "deadlock detected": "reference.html#sqlstates", "sorry, too many clients already": "reference.html#sqlstates",
  "could not obtain lock": "reference.html#sqlstates", "N+1": "08-query-tuning.html#n-plus-one", "keyset": "08-query-tuning.html#pages",
  "pagination": "exercises/08-2-next-page.html", "upsert": "06-relationships.html#merge-at-once", "18,283": "05-indexing.html#ten-posts",
  "18 283": "05-indexing.html#ten-posts", "18283": "05-indexing.html#ten-posts", "leaked connections": "02-pooling.html#leak",
  "how large should a pool be": "02-pooling.html#pool-size", "select for update skip locked": "07-functions-and-triggers.html#queue",
  "deadlok": "08-query-tuning.html#deadlock", "pgbounc": "02-pooling.html#pgbouncer",
};

async function finds(page, query) {
  const input = page.getByRole("combobox", { name: "Search the book" });
  await input.fill("");
  await input.fill(query);
  await page.waitForFunction(() => !document.getElementById("book_found").hidden);
  return page.locator("#book_found li").evaluateAll(all => all.map(item => ({ url: item.querySelector("a")?.getAttribute("href"),
    title: item.querySelector("strong")?.textContent, excerpt: item.querySelector(".excerpt")?.textContent ?? item.textContent })));
}

test("the search finds what people type and paste, in a book that lies on a disk", async (window, notebook) => {
  const { page } = window;
  await page.goto("file://" + notebook.file("docs/index.html"));
  for (const [query, first] of Object.entries(FIRST)) {
    const found = await finds(page, query);
    assert.equal(found[0].url, first, query);
    assert.equal(new Set(found.map(({ url }) => url)).size, found.length, query + ": nothing twice");
  }
  await window.shot("search");
  assert.deepEqual((await finds(page, "xyzzyqq")).map(({ excerpt }) => excerpt), ["Nothing found."]);
  await finds(page, "keyset");
  await page.keyboard.press("Enter");
  await page.waitForURL(/08-query-tuning\.html#pages$/);
}, { allow: [/a request to file:/] });

test("an excerpt begins and ends with whole words of the page", async (window, notebook) => {
  const { page } = window;
  await page.goto("file://" + notebook.file("docs/index.html"));
  for (const { url, excerpt } of await finds(page, "statement timeout lock")) {
    const text = fs.readFileSync(notebook.file("docs", url.split("#")[0]), "utf8").replace(/<[^>]*>|&[lg]t;|&amp;|&quot;/g, " ");
    const [first, last] = [excerpt.match(/[\p{L}\p{N}_]+/u)[0], excerpt.match(/([\p{L}\p{N}_]+)[^\p{L}\p{N}_]*$/u)[1]];
    for (const word of [first, last]) assert.match(text, new RegExp(`(?<![\\p{L}\\p{N}_])${word}(?![\\p{L}\\p{N}_])`, "u"), `${word} in ${url}`);
  }
}, { allow: [/a request to file:/] });
