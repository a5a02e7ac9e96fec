// All cells of the page in their order, and what a person can do with them.
import { Cell } from "./cell.js";
import { confirmed, make } from "./dom.js";
import { forget } from "./drafts.js";
import { notice } from "./notices.js";
import { next, on, post, windowId } from "./server.js";
import { editorKeys } from "./keyboard.js";

const byId = new Map();
const removed = new Map();   // a moment ago: one that comes back at once is the same cell, and keeps its place

/** Shows why, where a command was refused. */
export const attempt = promise => promise.catch(failed => { notice({ level: "warning", text: failed.message, action: failed.answer?.action }); });

export const cells = {
  current: null,
  databaseStarts: false,
  get: id => byId.get(id),
  all: () => [...document.querySelectorAll(".live[data-cell]")].map(frame => byId.get(frame.dataset.cell)),
  editorKeys: cell => editorKeys(cells, cell),

  choose(cell) {
    if (cells.current === cell) return;
    cells.current?.frame.classList.remove("current");
    cells.current = cell;
    cell.frame.classList.add("current");
  },
  next: (cell, step) => cells.all()[cells.all().indexOf(cell) + step],

  /** Sends first what was typed, then runs them in this order. */
  async run(some) {
    some.forEach(cell => cell.source.closeProposals());
    const others = cells.all().filter(cell => !some.includes(cell)).map(cell => cell.source.flush().catch(() => {}));   // a failure is explained by the cells above
    await Promise.all([...some.map(cell => cell.source.flush()), ...others]);
    const unsaved = some.find(cell => cell.source.dirty());
    if (unsaved) return notice({ level: "warning", text: `“${unsaved.title}” is not saved yet, so it does not run.` });
    return attempt(post("run", { cells: some.map(({ id }) => ({ id })) }));
  },
  runTo(cell) {
    const all = cells.all();
    return cells.run(all.slice(0, all.indexOf(cell)).filter(one => !one.fresh).concat(cell));
  },
  /** What has not run yet, or would show something else now; everything anew where nothing is left to run. */
  async runAll() {
    const left = cells.all().filter(cell => !cell.fresh);
    if (left.length) return cells.run(left);
    if (await confirmed("Everything has run. Make a fresh database and run all of it again?", "Reset and run all")) return resetAndRun(cells.all);
  },
  /** What a failed cell needs, in order, and then the cell. */
  runNeeded: cell => cells.run(cell.need.cells.map(cells.get).filter(one => one && !one.fresh).concat(cell)),
  /** On a fresh database: the lesson's steps above, of the learner's own cells those that it needs, and the cell. */
  resetAndRunTo(cell) {
    const needed = new Set(cell.need?.cells), all = cells.all();
    const above = all.slice(0, all.indexOf(cell)).filter(one => !one.scratch || needed.has(one.id));
    return resetAndRun(() => above.concat(cell));
  },
  stop: () => attempt(post("stop")),
  async reset() {
    if (await confirmed("Throw this database away, and all variables, for a fresh one? What you typed stays.", "Reset")) return attempt(post("reset"));
  },

  async restore(cell) {
    const typed = cell.source.text();
    cell.source.set(cell.original);
    notice({ level: "info", text: `“${cell.title}” is the lesson’s own again.`, undo: () => cell.source.set(typed) });
  },
  async insert(cell, { above = false, ...given } = {}) {
    const after = above ? cells.next(cell, -1)?.id ?? "" : cell.id;
    const language = given.language ?? (cell.scratch ? cell.language : "sql");
    const answer = await attempt(post("scratch", { after, language, ...(cell.scratch && language === "sql" ? { role: cell.role, session: cell.session } : {}), ...given }));
    if (!answer) return null;
    const added = add(answer.cell);
    if (given.edit !== false) added.source.focus();
    return added;
  },
  /** Two connections side by side. */
  async pair(cell) {
    const a = await cells.insert(cell, { language: "sql", role: "app", session: "A", source: "begin;\n", edit: false });
    const b = a && await cells.insert(a, { language: "sql", role: "app", session: "B", source: "begin;\n", edit: false });
    if (b) { layPairs(); a.source.focus(); }
  },
  async remove(cell) {
    const { after, language, role, session } = cell, source = cell.source.text(), next = cells.next(cell, 1) ?? cells.next(cell, -1);
    await cell.source.flush().catch(() => {});   // a text must not arrive for a cell that is gone
    if (!await attempt(post("remove", { id: cell.id }))) return;
    drop(cell.id);
    forget(cell.id);
    next?.focus();
    notice({ level: "info", text: "The cell is removed.", undo: () => cells.get(after) && cells.insert(cells.get(after), { language, role, session, source }) });
  },
  async change(cell, what) {
    await cell.source.flush();
    const answer = await attempt(post("change", { id: cell.id, ...what }));
    cell.become(answer ? answer.cell ?? what : cell);
    layPairs();
  },
  async log(cell) {
    const answer = await attempt(post("log", { id: cell.id }));
    if (!answer) return;
    const lines = answer.lines ?? [];
    cell.shown.box.querySelector(".server-log")?.remove();
    cell.shown.box.append(make("div", { className: "output log server-log" },
      make("p", { className: "title", textContent: lines.length ? "The server’s log of this cell" : "The server logged nothing for this cell." }),
      lines.length ? make("pre", {}, make("samp", { textContent: lines.join("\n"), tabIndex: 0 })) : null));
    cell.show("yours");
  },
};

async function resetAndRun(some) {
  const fresh = next("database", ({ status }) => status === "ready" || status === "lost");
  if (await attempt(post("reset")) && (await fresh).status === "ready") return cells.run(some());
}

function add(state) {
  const known = byId.get(state.id);
  clearTimeout(removed.get(state.id));
  if (known) { known.update(state); return known; }
  const section = state.place === "step" ? document.getElementById(state.id) : null;
  if (state.place === "step" && !section?.querySelector("pre.cell")) return null;
  const cell = new Cell(state, section, cells);
  byId.set(cell.id, cell);
  if (!section) put(cell);
  layPairs();
  return cell;
}

/** A scratch cell stands below the cell that it was added to, below that one's results and what they mean. */
function put(cell) {
  const before = byId.get(cell.after);
  unpair();
  if (before?.scratch) before.frame.after(cell.frame);
  else if (before) (before.section.querySelector(":scope > .meaning") ?? before.section.querySelector(":scope > .yours")).after(cell.frame);
  else document.querySelector("section.step")?.before(cell.frame);
}

function drop(id) {
  removed.delete(id);
  byId.get(id)?.remove();
  byId.delete(id);
  layPairs();
}

const unpair = () => document.querySelectorAll(".pair").forEach(pair => pair.replaceWith(...pair.querySelectorAll(":scope > .live")));
const connection = frame => `${frame.dataset.session} ${frame.dataset.role}`;   // two sessions B of two roles are two
const inSession = frame => frame?.matches?.(".scratch[data-session]:not([data-session=''])");

/** Neighbours that are SQL on named sessions stand side by side, a column a session. */
function layPairs() {
  const focused = document.activeElement;
  unpair();
  for (const frame of document.querySelectorAll(".live.scratch")) {
    if (!inSession(frame) || frame.closest(".pair")) continue;
    const run = [frame];
    while (inSession(run.at(-1).nextElementSibling)) run.push(run.at(-1).nextElementSibling);
    const connections = [...new Set(run.map(connection))].sort();
    if (connections.length < 2) continue;
    run.forEach(one => { one.dataset.column = connections.indexOf(connection(one)) % 2 + 1; });
    const pair = make("div", { className: "pair", aria: { role: "group", label: "Sessions side by side" } });
    run[0].before(pair);
    pair.append(...run, make("p", { className: "waits", aria: { live: "polite" } }));
  }
  if (focused !== document.activeElement) focused.focus?.({ preventScroll: true });   // moving an element takes the focus from it
}

on("state", state => {
  const known = new Set(state.cells.map(cell => cell.id));
  [...byId.keys()].filter(id => !known.has(id)).forEach(drop);
  state.cells.forEach(add);
});
on("cell", event => byId.get(event.id)?.updateStatus(event));
on("clear", event => byId.get(event.id)?.clear());
on("output", event => byId.get(event.id)?.output(event));
on("print", event => byId.get(event.id)?.print(event));
on("edited", event => { if (event.by !== windowId) byId.get(event.id)?.source.received(event.source, event.rev); });
on("added", event => add(event.cell));
on("removed", event => removed.set(event.id, setTimeout(() => drop(event.id), 40)));
setInterval(() => byId.forEach(cell => { if (cell.status === "running") cell.bar.tick(); }), 100);
