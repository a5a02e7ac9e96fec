import assert from "node:assert/strict";
import fs from "node:fs";

/** Of two colours, rgb(…) both, as WCAG 2 has it: 1 is none. */
function contrast(one, other) {
  const light = colour => colour.match(/\d+/g).slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** Names of several parts, like app.orders_idx, that do not stand on one line. */
const brokenNames = all => all.flatMap(one => {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    for (const { 0: name, index } of walker.currentNode.data.matchAll(/\w+[._]\w+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, index);
      range.setEnd(walker.currentNode, index + name.length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(name);
    }
  }
  return found;
});

test("an exercise: the starter fails, a hint helps, the solution passes, and the file on disk is the one", async (window, notebook) => {
  await (await window.lesson("05-indexing")).ready();
  const { page } = window;
  const file = "V2__two_indexes.sql", folder = "05-indexing/1-two-indexes";
  await page.locator("[data-exercise='05.1'] .work").click();
  const live = page.locator("[data-exercise='05.1'] .exercise-live");
  await live.locator(".cm-content").waitFor();
  await live.getByText("beside the primary key, the table has two indexes at most").waitFor();
  const verify = live.getByRole("button", { name: /^Verify/ });
  await verify.click();
  await verify.hover({ force: true });
  assert.equal(await verify.innerText(), "Verifying …");
  const { color, background } = await verify.evaluate(one => ({ color: getComputedStyle(one).color, background: getComputedStyle(one).backgroundColor }));
  assert.ok(contrast(color, background) > 3, `${color} on ${background}`);
  await live.locator(".verdict.failed").waitFor({ timeout: 90_000 });
  assert.ok(await live.locator(".check.failed").count());
  await window.shot("exercise-failed");
  assert.match(await live.locator(".exercise-bar .primary").innerText(), /^Hint/, "what one does next");
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(await live.locator(".failure dd").evaluateAll(brokenNames), [], "names that a phone breaks");
  await page.setViewportSize(wide);
  assert.match(await live.locator(".verdict > :nth-child(2)").innerText(), /^\d of \d passed/, "the summary comes first");
  await live.getByRole("button", { name: /^Hint/ }).click();
  await live.locator(".hints .hint").first().waitFor();
  await live.getByRole("button", { name: "Solution" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await live.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  const solution = fs.readFileSync(notebook.file("solutions", folder, file), "utf8");
  await page.keyboard.insertText(solution);
  await page.keyboard.press("Control+Enter");
  await live.locator(".verdict.passed").waitFor({ timeout: 90_000 });
  assert.equal(fs.readFileSync(notebook.file("exercises", folder, file), "utf8"), solution);
  await page.locator(".side .done", { hasText: "✓" }).first().waitFor();
  await window.shot("exercise-passed");
  await live.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText("-- nothing any more");
  await verify.click();
  await live.locator(".verdict.failed").waitFor({ timeout: 90_000 });
  await live.getByText("passed before; this version does not").waitFor();
  await page.locator("[data-exercise='05.1'] > .exercise-state", { hasText: "passed before; this version does not" }).waitFor();
  await page.locator(".side .done", { hasText: "passed before; this version does not" }).first().waitFor({ state: "attached" });
  await window.shot("exercise-worse");
  await live.getByRole("button", { name: "Restore" }).click();
  await page.locator("dialog[open] .primary").click();
  await page.waitForFunction(text => !document.querySelector(".exercise-live .cm-content").innerText.includes(text), solution.split("\n").find(line => line.length > 30));
}, { seconds: 240, allow: [/403/] });

test("a verdict is shown when it comes before the answer to a command that was sent again, and when nobody looked", async (window, notebook) => {
  await (await window.lesson("05-indexing")).ready();
  const { page } = window;
  await page.locator("[data-exercise='05.2'] .work").click();
  const live = page.locator("[data-exercise='05.2'] .exercise-live");
  await live.locator(".cm-content").first().waitFor();
  const verify = live.getByRole("button", { name: /^Verify/ }), verdict = live.locator("section.verdict");
  let given = 0;
  await page.route("**/exercise/verify", async route => {
    if (given++) return route.continue();
    await route.fetch();
    await verdict.waitFor({ timeout: 90_000 });
    await route.abort("connectionreset");
  });
  const answered = page.waitForResponse("**/exercise/verify", { timeout: 120_000 });   // to the second: the first has none
  await verify.click();
  await verdict.waitFor({ timeout: 90_000 });
  await answered;
  assert.equal(given, 2);
  await page.waitForTimeout(500);
  assert.equal(await verify.innerText(), "Verify");
  // The stream ends while it is being judged, and the state that comes with the next one says what came of it.
  await page.evaluate(() => { document.querySelector(".exercise-live section.verdict").remove(); dispatchEvent(new Event("pagehide")); });
  await verify.click();
  await page.waitForFunction(async () => {
    const token = document.querySelector("meta[name=course-token]").content;
    const answer = await fetch("/api/05-indexing/exercise/state", { method: "POST", body: JSON.stringify({ id: "05.2" }), headers: { "Content-Type": "application/json", "X-Course-Token": token } });
    return (await answer.json()).judged === 2;
  }, null, { timeout: 90_000, polling: 500 });
  assert.equal(await verify.innerText(), "Verifying …");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await verdict.waitFor({ timeout: 20_000 });
  assert.equal(await verify.innerText(), "Verify");
}, { seconds: 240, allow: [/CONNECTION_RESET/], chromium: true });
