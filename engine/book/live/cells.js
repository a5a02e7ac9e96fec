// What the first click loads: runs cells on a database in this page, shows what comes of them, and keeps what the reader has changed.
import { Database, Stopped } from "./database.js";
import { shareScale } from "./plans.js";

const main = document.querySelector("main.lesson");
const lesson = main.dataset.lesson;
const told = await (await fetch(new URL(`lessons/${lesson}.json`, import.meta.url))).json();
const items = new Map(told.items.map(item => [item.id, item]));
const database = new Database(told);
let ready;   // a promise, once somebody has asked for it
let busy;    // the step that runs

const LIKE = "✓ As recorded: the same columns, plan nodes and failures.";
const megabytes = bytes => (bytes / 1e6).toFixed(0) + " MB";
const key = step => `sql ${lesson} ${step.id}`;
const code = step => step.querySelector("pre.cell > code");
const written = step => { const text = code(step).cloneNode(true); text.querySelectorAll(".conum, .conum + b").forEach(mark => mark.remove()); return text.textContent.trim(); };
const remember = (name, value) => { try { if (value === undefined) localStorage.removeItem(name); else localStorage.setItem(name, value); } catch { /* a private window */ } };
const recall = name => { try { return localStorage.getItem(name); } catch { return null; } };
const make = (name, properties, ...children) => { const element = Object.assign(document.createElement(name), properties); element.append(...children); return element; };

// --- each cell that runs: buttons, a place to type --------------------------------------------------------------------

const bars = new Map();
for (const step of main.querySelectorAll("section.step[data-live=sql]")) {
  const bar = step.querySelector(".live-bar");
  const button = (textContent, onclick, hidden) => { const made = make("button", { type: "button", textContent, onclick, hidden }); bar.append(made); return made; };
  const parts = { run: bar.querySelector("button"), stop: button("Stop", stop, true), restore: button("Restore", () => restore(step), true),
    link: button("Copy link", () => copyLink(step), false), say: make("span", { role: "status" }), original: code(step).innerHTML };
  bar.append(parts.say);
  bars.set(step, parts);
  const source = code(step);
  source.contentEditable = "plaintext-only";
  if (source.contentEditable !== "plaintext-only") source.contentEditable = "true";
  source.spellcheck = false;
  for (const [name, value] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-label": "SQL, to be changed" })) source.setAttribute(name, value);
  const kept = step.classList.contains("live-free") && location.hash.startsWith("#sql=") ? null : recall(key(step));
  if (kept !== null) { source.textContent = kept; parts.restore.hidden = false; }
  source.addEventListener("input", () => { remember(key(step), written(step)); parts.restore.hidden = false; step.querySelector(".live-result")?.classList.add("stale"); });
  source.addEventListener("keydown", event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(step); } });
}

function restore(step) {
  code(step).innerHTML = bars.get(step).original;
  remember(key(step));
  bars.get(step).restore.hidden = true;
}

/** The text stands behind the #, which browsers send to nobody. */
async function copyLink(step) {
  const link = `${location.origin}${location.pathname}#sql=${encodeURIComponent(written(step))}`;
  try { await navigator.clipboard.writeText(link); say(step, "Copied: a link with this text"); } catch { say(step, "", make("a", { href: link, textContent: "A link with this text" })); }
}

// --- running -----------------------------------------------------------------------------------------------------------

export async function run(step) {
  if (busy) return say(step, busy === step ? "" : "Another cell is running. Stop it first.");
  busy = step;
  const { run, stop } = bars.get(step);
  run.disabled = true;
  stop.hidden = false;
  say(step, "Running …");
  try {
    await (ready ??= load(step));
    const item = items.get(step.id) ?? { id: step.id, role: "owner", sqlState: "", needs: ["workbench"] };
    for (const id of item.needs) if (!database.ran.has(id) && items.has(id)) {
      if (!items.get(id).setup) say(step, `Running ${id} first, which this cell needs …`);
      await database.run(items.get(id));
    }
    say(step, "Running …");
    const source = written(step);
    const isChanged = source !== item.source && !step.classList.contains("live-free");
    show(step, await database.run({ ...item, source, sqlState: isChanged ? "" : item.sqlState }), isChanged);
  } catch (e) {
    say(step, e instanceof Stopped ? "Stopped; the database is as the lesson begins again." : `This browser could not run it: ${e.message}. To run it: ./jbang notebook ${lesson.slice(0, 2)}`);
    if (!(e instanceof Stopped)) ready = undefined;
  } finally {
    busy = undefined;
    run.disabled = false;
    stop.hidden = true;
  }
}

async function load(step) {
  const bar = make("progress", { max: database.bytes, value: 0 });
  say(step, `Loading PostgreSQL and the lesson's database, ${megabytes(database.bytes)}, once … `, bar);
  await database.load(come => { bar.value = come; });
}

async function stop() {
  ready = database.open();
  await ready;
}

function show(step, { html, difference, state, ms }, isChanged) {
  let result = step.querySelector(".live-result");
  if (!result) step.querySelector(".live-bar").after(result = make("div", { className: "result shown live-result" }));
  const origin = `Result, PostgreSQL ${told.postgres} in your browser${isChanged ? ", of your own text" : ""}${told.posts ? " · 100 000 posts in place of a million" : ""}`;
  result.classList.remove("stale");
  result.innerHTML = html;   // made by the engine, which escapes what is not its own
  if (!result.children.length) result.append(make("p", { className: "output text", textContent: "Done; nothing to show." }));
  result.prepend(make("p", { className: "origin", textContent: origin }));
  result.dataset.state = state;
  const isTheLessons = !isChanged && items.has(step.id);
  if (isTheLessons && state === "done") result.append(make("p", { className: "live-like", textContent: difference ? "Not as recorded: " + difference + "." : LIKE }));
  result.dataset.like = isTheLessons ? difference || "yes" : "";
  shareScale(result);
  step.querySelectorAll(".result").forEach(each => each.classList.add("shown"));
  say(step, `${state === "done" ? "Done" : "Failed"} in ${ms < 1000 ? Math.round(ms) + " ms" : (ms / 1000).toFixed(1) + " s"}`);
}

function say(step, text, ...more) {
  bars.get(step).say.replaceChildren(text, ...more);
}
