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
