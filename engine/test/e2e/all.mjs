// Runs the tests one after the other, in each browser, and counts. A test has a name that is a sentence, and its own window.
import fs from "node:fs";
import { change, close, open } from "./browser.mjs";
import { start } from "./notebook.mjs";

const tests = [];
let file = "";
/** @param options {seconds, allow, chromium: true} and what a window takes; chromium: what it does, Firefox cannot be asked for */
globalThis.test = (name, does, options = {}) => tests.push({ file, name, does, options });
// Where browsers differ: opening, keys, what was typed while the server was away, looks. What comes of a cell is the server's.
const IN_FIREFOX = /^(1|3|7-typed|8)/;
const wanted = process.argv.slice(2);
const files = fs.readdirSync("tests").filter(file => file.endsWith(".mjs") && (!wanted.length || wanted.some(name => file.startsWith(name))));
for (file of files.sort()) await import("./tests/" + file);

const notebook = await start();
let passed = 0;
const failed = [], unstable = [];
const MAX_UNSTABLE = 3;   // a machine that others use stands still now and then; more is no accident
try {
  for (const browser of (process.env.BROWSERS ?? "chromium firefox").split(" ")) {
    await change(browser);
    await notebook.stop();
    notebook.forget();   // what was run, typed and passed in the other browser; the next test has a new one
    for (const one of tests) if (browser === "chromium" || IN_FIREFOX.test(one.file) && !one.options.chromium) await twice(browser, one);
  }
} finally {
  await close();
  await notebook.stop();
}
if (unstable.length > MAX_UNSTABLE) failed.push(`✗ at most ${MAX_UNSTABLE} pass only when they are tried once more, but ${unstable.length} did`);
if (unstable.length) console.log("\n" + unstable.join("\n"));
if (failed.length) console.log("\nonce more, after the threads of the notebook:\n" + failed.join("\n"));
console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length ? 1 : 0;

/** What fails is tried once more, and what passes then says so. */
async function twice(browser, one) {
  const first = await run(browser, one);
  if (!first) return;
  console.log("to be tried once more: " + first);
  const second = await run(browser, one);
  if (!second) return unstable.push("~ passed only when it was tried once more: " + first);
  failed.push("✗ " + second);
  console.log(failed.at(-1));
}

/** @returns what is wrong; nothing where it passed */
async function run(browser, { name, does, options: { chromium, ...options } }) {
  const started = Date.now();
  await notebook.ensure();
  const window = await open(notebook, options);
  try {
    await within(options.seconds ?? 120, does(window, notebook));
    const complaints = window.complaints();
    if (complaints.length) throw new Error("the browser complains:\n  " + complaints.join("\n  "));
    passed++;
    console.log(`✓ ${browser}: ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (trouble) {
    await window.shot(`failed-${browser}-` + name.replace(/\W+/g, "-").slice(0, 60)).catch(() => {});
    const found = [...window.complaints().map(text => "the browser complains: " + text), (await notebook.examine()).trim()];
    console.log("  " + found.join("\n").replaceAll("\n", "\n  "));
    return `${browser}: ${name}\n  ${String(trouble.stack ?? trouble).split("\n").slice(0, 12).join("\n  ")}`;
  } finally {
    await window.close();
  }
}

function within(seconds, promise) {
  let timer;
  return Promise.race([promise, new Promise((_, late) => { timer = setTimeout(() => late(new Error(`not done within ${seconds} s`)), seconds * 1000); })])
    .finally(() => clearTimeout(timer));
}
