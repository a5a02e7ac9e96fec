// node opens.mjs RUNS ADDRESS: how long it takes until a page of a file is loaded and painted, in a window of its own in Chromium; no test.
// Needs CHROMIUM, as run.sh sets it.
import { chromium } from "playwright-core";

const [runs, address] = [Number(process.argv[2]), process.argv[3]];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const times = [];
for (let i = -1; i < runs; i++) { // the first warms up
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(address);
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))); // after the frame is painted
  if (i >= 0) times.push(performance.now() - start);
  await context.close();
}
await browser.close();
times.sort((a, b) => a - b);
const seconds = ms => (ms / 1000).toFixed(3);
console.log(`${"gradebook opened → painted".padEnd(58)} ${seconds(times[runs >> 1]).padStart(8)} s  (${seconds(times[0])}–${seconds(times.at(-1))})  ≤ 1 s`);
