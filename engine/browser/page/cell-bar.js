// The line above a cell's code: what it is, its status, what can be done with it.
import { button, make } from "./dom.js";

const CHOICES = { language: [["java", "Java"], ["sql", "SQL"], ["shell", "Shell"]],
  role: [["app", "app"], ["owner", "owner"], ["admin", "admin"]],
  session: [["", "usual session"], ["A", "session A"], ["B", "session B"], ["C", "session C"]] };

export function cellBar(cell) {
  const { notebook } = cell;
  const run = button("Run", "Run this cell (Ctrl-Enter)", () => notebook.run([cell]), { className: "primary run" });
  const stop = button("Stop", "Stop what runs (I I in command mode)", () => notebook.stop(), { className: "stop", hidden: true });
  const status = make("span", { className: "status-text" });
  const stale = make("span", { className: "why", hidden: true });
  const saved = make("span", { className: "saved" });
  const kind = make("span", { className: "kind" });
  const restore = button("Restore", "Bring the lesson's own code back", () => notebook.restore(cell), { hidden: true });
  const log = button("Log", "What the server wrote in its log while this cell ran", () => notebook.log(cell), { hidden: true });
  const others = make("span", { className: "others" },
    button("Run to here", "Run what has not run above, and this cell", () => notebook.runTo(cell)),
    restore, log,
    button("Add cell", "Add a cell of your own below (B in command mode)", () => notebook.insert(cell)),
    cell.scratch ? button("Remove", "Remove this cell (D D in command mode)", () => notebook.remove(cell)) : null);
  const chosen = cell.scratch ? chooser(cell) : kind;
  const element = make("div", { className: "cell-bar" }, run, stop, chosen, status, stale, saved, others);

  return {
    element,
    update(says, why) {
      kind.textContent = cell.label;
      status.textContent = says;
      stale.hidden = !why;
      stale.textContent = why ? `stale: ${why}` : "";
      run.hidden = cell.busy;
      stop.hidden = !cell.busy;
      log.hidden = cell.status === "idle" || cell.busy;
      if (cell.scratch) chosen.show();
      this.edited();
    },
    edited() { restore.hidden = cell.scratch || cell.source?.text() === undefined || cell.source.text() === cell.original; },
    saved(word) { saved.textContent = { edited: "", saving: "", saved: "", kept: "kept in this browser" }[word] ?? ""; },
    tick() { status.textContent = cell.says(); },
  };
}

/** A cell of the learner's own says its language; SQL also by whom and on which connection it is run. */
function chooser(cell) {
  const selects = Object.entries(CHOICES).map(([what, options]) => {
    const select = make("select", { aria: { label: what }, onchange: () => cell.notebook.change(cell, { [what]: select.value }) },
      ...options.map(([value, text]) => make("option", { value, textContent: text })));
    return [what, select];
  });
  const element = make("span", { className: "chooser" }, ...selects.map(([, select]) => select));
  element.show = () => selects.forEach(([what, select]) => {
    const value = cell[what] ?? "";
    if (![...select.options].some(option => option.value === value)) select.append(make("option", { value, textContent: value }));
    select.value = value;
    select.hidden = what !== "language" && cell.language !== "sql";
  });
  return element;
}
