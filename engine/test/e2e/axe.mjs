// What a machine can judge of a page: axe, and measures that axe does not take.
import fs from "node:fs";
import { createRequire } from "node:module";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds serious or critical. Evaluated by the debugger, which the page's policy does not bind. */
export async function serious(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { result } = await session.send("Runtime.evaluate", { awaitPromise: true, returnByValue: true,
    expression: "axe.run(document, { preload: false, resultTypes: ['violations'] }).then(found => JSON.stringify(found.violations.map(one => [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.target + ' ' + (node.failureSummary ?? '').slice(0, 200))])))" });
  await session.detach();
  return JSON.parse(result.value).filter(([impact]) => impact === "serious" || impact === "critical");
}

/** Controls that a finger misses: under 24 pixels in one direction. */
export const small = page => page.evaluate(() => [...document.querySelectorAll("button, select, input, summary")]
  .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]")).map(one => [one, one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width > 0 && (width < 23.9 || height < 23.9))
  .map(([one, { width, height }]) => `${one.tagName} ${one.className} “${one.textContent.slice(0, 30)}”: ${width} × ${height}`));

/** What does not fit: how many pixels the page is too wide, and text that a box cuts off. */
export const unfit = page => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const cut = [...document.querySelectorAll("body *")].filter(one => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
    && ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && one.checkVisibility() && !one.closest(".cm-editor, .spoken"));
  return [...(wide > 0 ? [`${wide} px too wide`] : []), ...cut.map(one => `cut: ${one.tagName} ${one.className} “${one.textContent.slice(0, 40)}”`)];
});
