// Makes a notebook of the book's page. Opening it runs nothing; only the database and Java are started while somebody reads.
import { bar } from "./bar.js";
import { cells } from "./cells.js";
import { exercises } from "./exercises.js";
import { help } from "./help.js";
import { commandMode } from "./keyboard.js";
import { notice } from "./notices.js";
import "./progress.js";
import "./steps.js";
import { begin, lesson, on, post } from "./server.js";
import { orphans } from "./drafts.js";
import { watcher } from "./watch.js";

if (lesson) {
  document.body.classList.add("notebook");
  const page = { help, watch: () => watching.toggle() };
  const isLesson = !!document.querySelector("main.lesson");
  const line = isLesson ? bar(cells, page) : { watching() { } };
  const watching = watcher(cells, line.watching);
  exercises();
  if (isLesson) commandMode(cells, page);
  let opened = false;
  on("state", state => {
    const isShutDown = state.database?.status === "none";
    if (!opened || isShutDown) post("open").catch(failed => notice({ level: "error", text: failed.message }));
    if (opened && isShutDown) notice({ level: "info", key: "shut-down", text: "Nobody had looked at this lesson for a while, so its database was shut down. No cell has run now; what you typed is here." });
    opened = true;
    rescue(state);
  });
  on("connection", now => { if (now !== "open") opened = false; });
  begin();
  addEventListener("pagehide", () => cells.all().forEach(cell => cell.source.flush().catch(() => {})));
}

/** A cell that was removed elsewhere while somebody typed in it here. */
function rescue(state) {
  for (const lost of orphans(new Set(state.cells.map(cell => cell.id)))) {
    notice({ level: "warning", key: "lost-" + lost.id, text: "A cell that you had typed in is not there any more.",
      does: { label: "Bring it back", run: async () => {
        await cells.insert(cells.all().at(-1), { language: "sql", source: lost.source });
        (await import("./drafts.js")).forget(lost.id);
      } } });
  }
}
