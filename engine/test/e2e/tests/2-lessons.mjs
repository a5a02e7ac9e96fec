import assert from "node:assert/strict";
import { few, lessons, recorded } from "../recording.mjs";

// In CI a few: the regions of all have run without a browser there.
const chosen = process.env.LESSONS ? few(Number(process.env.LESSONS)) : lessons;
for (const name of chosen) {
  test(`lesson ${name} runs from top to bottom and shows what was recorded`, async window => {
    const lesson = await (await window.lesson(name)).fresh();
    const steps = await lesson.steps();
    await lesson.button("Run all").click();
    for (const id of steps) await lesson.ended(id, "done", { timeout: 120_000 });
    const expected = recorded(name), differences = [], skipped = [];
    for (const id of steps) {
      const wanted = expected.get(id) ?? [], got = (await lesson.shapes(id)).filter(shape => shape && !shape.startsWith("claim["));
      if (got.includes("skipped")) skipped.push(`${id}: ${await lesson.result(id).innerText()}`);
      if (wanted.includes("skipped") || got.includes("skipped")) continue;
      if (String(wanted) !== String(got)) differences.push(`${id}: recorded ${wanted.join(" ")}; here ${got.join(" ")}`);
    }
    assert.deepEqual(differences, []);
    skipped.forEach(reason => console.log("  " + reason.replace(/\s+/g, " ")));
    assert.ok(skipped.length <= 2, "this machine lacks a thing or two, not a kernel");
    assert.equal(await window.page.locator(".live.stale").count(), 0, "nothing is stale after a run from top to bottom");
  }, { seconds: 600 });
}
