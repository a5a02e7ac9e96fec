import assert from "node:assert/strict";

test("two sessions stand side by side, and the page says who waits for whom while it happens", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first] = await lesson.steps();
  await lesson.cell(first).focus();
  await page.keyboard.press("p");
  const pair = page.locator(".pair");
  await pair.waitFor();
  const [a, b] = await pair.locator(".live").evaluateAll(all => all.map(one => one.dataset.cell));
  const [left, right] = [await lesson.cell(a).boundingBox(), await lesson.cell(b).boundingBox()];
  assert.ok(right.x > left.x + left.width - 5 && Math.abs(right.y - left.y) < 5, "side by side on a wide window");
  const lock = "begin;\nupdate app.users set email = email where id = (select min(id::text)::uuid from app.users);";
  await lesson.types(a, lock);
  await lesson.types(b, lock);
  await lesson.runs(a);
  await page.locator(".sessions .chip", { hasText: "session A in a transaction" }).waitFor();
  await lesson.cell(b).locator(".run").click();
  await pair.locator(".waits", { hasText: /Session B waits for session A/ }).waitFor({ timeout: 10_000 });
  await page.keyboard.press("Escape");
  await lesson.cell(b).focus();
  await page.keyboard.press("w");
  await page.locator(".watch tbody tr.waiting").waitFor();
  assert.match(await page.locator(".watch").innerText(), /Session B waits for session A/);
  await window.shot("sessions");
  await page.keyboard.press("w");
  const end = await lesson.adds(b, "sql", "rollback;", "A");
  await lesson.runs(end);
  await lesson.ended(b);
  await page.waitForFunction(() => !document.querySelector(".pair > .waits .wait"));
});

test("a lesson's own sessions: its cell says who waited for whom while it ran", async window => {
  const lesson = await (await window.lesson("03-migrations")).fresh();
  await lesson.cell("lock-queue").getByRole("button", { name: "Run to here" }).click();
  await lesson.ended("lock-queue", "done", { timeout: 90_000 });
  const waits = await lesson.cell("lock-queue").locator(".waits").innerText();
  assert.match(waits, /Migration .*waits for reader .*AccessExclusiveLock/);
  assert.match(waits, /Visitor .*waits for migration/);
}, { seconds: 240 });

test("two sessions B of two roles are two: side by side, in the bar, in the panel and in the sentences", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first] = await lesson.steps();
  const lock = "begin;\nupdate app.users set email = email where id = (select min(id::text)::uuid from app.users);";
  const one = await lesson.adds(first, "sql", lock, "B");
  const two = await lesson.adds(one, "sql", lock, "B");
  await lesson.cell(two).locator("select[aria-label=role]").selectOption("owner");
  const pair = page.locator(".pair");
  await pair.waitFor();
  const [left, right] = [await lesson.cell(one).boundingBox(), await lesson.cell(two).boundingBox()];
  assert.ok(right.x > left.x + left.width - 5 && Math.abs(right.y - left.y) < 5, "side by side");
  await lesson.runs(one);
  await page.locator(".sessions .chip", { hasText: "session B in a transaction" }).waitFor();
  const end = await lesson.adds(two, "sql", "select 1; rollback;", "C");
  await lesson.cell(end).locator("select[aria-label=role]").selectOption("owner");
  await lesson.types(two, "begin;");
  await lesson.runs(two);
  await page.locator(".sessions .chip", { hasText: "session B (app) in a transaction" }).waitFor();
  await page.locator(".sessions .chip", { hasText: "session B (owner) in a transaction" }).waitFor();
  await lesson.types(two, "update app.users set email = email where id = (select min(id::text)::uuid from app.users);");
  await lesson.cell(two).locator(".run").click();
  await pair.locator(".waits", { hasText: /Session B \(owner\) waits for session B \(app\)/ }).waitFor({ timeout: 10_000 });
  await lesson.cell(two).locator(".status-text", { hasText: /waits for session B \(app\)/ }).waitFor();
  assert.ok(!await lesson.cell(one).evaluate(frame => frame.classList.contains("blocked")), "the other B does not wait");
  await window.shot("sessions-b");
  await lesson.button("Stop").click();
  await lesson.ended(two, "stopped", { timeout: 15_000 });
  await lesson.button("Reset").click();   // or the two keep their locks
  await page.locator("dialog[open] .primary").click();
  await page.waitForFunction(() => !document.querySelector(".live:not([data-status=idle])"), null, { timeout: 60_000 });
});

test("the panel of sessions closes in its own window alone, stands on the window's edge, and covers no cell", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const { page } = window, [first, second] = await lesson.steps();
  await lesson.runs(await lesson.adds(first, "sql", "select 1", "A"));
  const other = await window.lesson("05-indexing", await window.another());
  await other.ready();
  for (const one of [other, lesson]) {
    await one.front();
    await one.cell(first).focus();
    await one.page.keyboard.press("w");
    await one.page.locator(".watch tbody tr").first().waitFor();
  }
  await other.front();
  await other.page.locator(".watch").getByRole("button", { name: "Close" }).click();
  assert.ok(!await other.page.locator(".watch").isVisible());
  await lesson.front();
  const mine = await lesson.adds(second, "sql", "select pg_sleep(30)", "A");
  await lesson.cell(mine).locator(".run").click();
  await page.locator(".watch tbody tr", { hasText: "pg_sleep" }).waitFor({ timeout: 10_000 });
  assert.ok(!await other.page.locator(".watch").isVisible(), "nothing opens it again");
  const panel = () => page.locator(".watch").boundingBox(), { height } = page.viewportSize();
  const box = await panel();
  assert.ok(Math.abs(box.y + box.height - height) < 2, `it ends at ${box.y + box.height} of ${height}`);
  for (const id of (await lesson.ids()).slice(0, 6)) {
    await lesson.cell(id).focus();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.waitForTimeout(100);
    const cell = await lesson.cell(id).boundingBox(), { y } = await panel();
    assert.ok(cell.y + Math.min(cell.height, 200) <= y + 1, `cell ${id} from ${cell.y} to ${cell.y + cell.height}, panel from ${y}`);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const last = await page.locator("footer.bottom").boundingBox(), { y } = await panel();
  assert.ok(Math.abs(last.y + last.height - y) < 2, `the page ends at ${last.y + last.height}, the panel begins at ${y}`);
  await page.keyboard.press("w");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).paddingBottom), "0px");
  await lesson.button("Stop").click();
  await lesson.ended(mine, "stopped", { timeout: 15_000 });
});
