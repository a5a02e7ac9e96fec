import assert from "node:assert/strict";
import fs from "node:fs";

test("SQL runs on a database of the exercise, as it was prepared, with the answer in it, and fresh again", async (window, notebook) => {
  await (await window.lesson("05-indexing")).ready();
  const { page } = window;
  await page.locator("[data-exercise='05.2'] .work").click();
  const live = page.locator("[data-exercise='05.2'] .exercise-live");
  await live.locator(".cm-content").first().waitFor();
  const sql = live.locator(".exercise-sql"), editor = sql.locator(".cm-content");
  await sql.locator("summary").click();
  await editor.waitFor();
  const says = (state, text) => page.waitForFunction(([word, part]) => document.querySelector(".exercise-sql .status-text").textContent === word
    && document.querySelector(".exercise-sql .outputs").innerText.includes(part), [state, text], { timeout: 90_000 });
  const types = async text => { await editor.click(); await page.keyboard.press("Control+a"); await page.keyboard.press("Delete"); await page.keyboard.insertText(text); };
  await editor.click();
  await page.keyboard.press("Control+Enter");
  await says("done", "articles");
  await types("select count(*) from app.articles; select 1 / 0");
  await sql.getByRole("button", { name: "Run" }).click();
  await says("failed", "22012");
  await window.shot("exercise-sql");

  const solution = fs.readFileSync(notebook.file("solutions/05-indexing/2-found-by-everybody/V2__search.sql"), "utf8");
  await live.locator(".panes .cm-content").first().click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(solution);
  await sql.getByRole("button", { name: "With my answer" }).click();
  await says("done", "V2__search.sql has run.");
  await types("show indexes from app.articles");
  await sql.getByRole("button", { name: "Run" }).click();
  await says("done", "articles_tsv");
  await sql.getByRole("button", { name: "Fresh database" }).click();
  await says("done", "A fresh database.");
  await sql.getByRole("button", { name: "Run" }).click();
  await says("done", "articles_pkey");
  assert.doesNotMatch(await sql.locator(".outputs").innerText(), /articles_tsv/);

  await types("select pg_sleep(60)");
  await sql.getByRole("button", { name: "Run" }).click();
  await sql.getByRole("button", { name: "Stop" }).click({ delay: 500 });
  await page.waitForFunction(() => document.querySelector(".exercise-sql .status-text").textContent === "stopped", null, { timeout: 20_000 });
  await live.getByRole("button", { name: "Restore" }).click();
  await page.locator("dialog[open] .primary").click();
}, { seconds: 240 });
