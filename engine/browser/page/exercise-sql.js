// SQL on a database of the exercise: as the verifier prepares it, or with what the answer makes.
import { announce, button, drawn, make, meta } from "./dom.js";
import { editor } from "./editors.js";
import { notice } from "./notices.js";
import { on, post } from "./server.js";
import { sortable } from "./tables.js";

const SAYS = { running: "runs …", done: "done", failed: "failed", stopped: "stopped" };

/** @param flush sends the files of the answer first */
export function exerciseSql(id, flush) {
  const key = `course-exercise-sql:${id}`;
  const place = make("div", { className: "source" });
  const shown = make("div", { className: "outputs", aria: { live: "polite" } });
  const status = make("span", { className: "status-text" });
  const role = make("select", { aria: { label: "role" } }, ...["app", "owner", "admin"].map(word => make("option", { value: word, textContent: word })));
  let made = null;
  const text = () => made?.text() ?? kept();
  const kept = () => { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } };
  const keep = now => { try { localStorage.setItem(key, now); } catch { /* then it is not kept */ } };

  const ask = async more => {
    busy(true);
    try {
      if (more.answer) await flush();
      await post("exercise/sql", { id, source: text(), role: role.value, ...more });
    } catch (failed) {
      busy(false);
      notice({ level: "warning", text: failed.message });
    }
  };
  const run = button("Run", "Run this SQL (Ctrl-Enter)", () => ask({}), { className: "primary" });
  const stop = button("Stop", "Stop what runs", () => post("exercise/sql-stop", { id }).catch(failed => notice({ level: "warning", text: failed.message })), { className: "stop", hidden: true });
  const withAnswer = button("With my answer", "A fresh database in which your answer’s SQL has run", () => ask({ source: "", answer: true }));
  const fresh = button("Fresh database", "The exercise’s database as it was prepared", () => ask({ source: "", fresh: true }));
  const busy = now => { run.hidden = now; stop.hidden = !now; withAnswer.disabled = fresh.disabled = now; status.textContent = now ? SAYS.running : ""; };

  on("exercise-sql", event => {
    if (event.id !== id) return;
    busy(event.state === "running");
    status.textContent = SAYS[event.state] ?? "";
    if (event.state === "running") return;
    shown.replaceChildren(event.html ? drawn(event.html) : make("p", { className: "empty", textContent: "It ran and showed nothing." }));
    sortable(shown);
    announce(`SQL of exercise ${id}: ${status.textContent}.`);
  });

  const element = make("details", { className: "exercise-sql" }, make("summary", { textContent: "Try SQL on its database" }),
    make("div", { className: "cell-bar" }, run, stop, role, status, make("span", { className: "choices" }, withAnswer, fresh)), place, shown);
  element.addEventListener("toggle", async () => {
    if (!element.open || made) return;
    const { createEditor } = await editor;
    made ??= createEditor({ parent: place, doc: kept() || "show tables;", language: "sql", nonce: meta("course-nonce"), label: `SQL on the database of exercise ${id}. Escape leaves the editor.` }, {
      keys: [{ key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (run.click(), true) }], changed: keep, left: () => run.focus(),
    });
  });
  return element;
}
