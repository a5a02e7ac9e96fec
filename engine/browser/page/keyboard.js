// Keys, as notebooks have them. In the editor only combinations; a single letter means something only while nobody types.
import { typing } from "./dom.js";

export const KEYS = [
  ["Shift-Enter", "run the cell, go to the next"], ["Ctrl-Enter", "run the cell"], ["Alt-Enter", "run the cell, add one below"],
  ["Esc", "leave the editor: command mode"], ["Enter", "edit the cell"], ["J K or ↓ ↑", "next cell, previous cell"],
  ["A B", "add a cell above, below"], ["P", "add two SQL sessions side by side below"], ["D D", "remove a cell of your own"],
  ["I I", "stop what runs"], ["0 0", "reset the database"], ["S", "save now (it saves itself)"], ["R", "show the recorded result, or yours"],
  ["W", "watch sessions and locks"], ["/", "search the book"], ["?", "this sheet"],
  ["Tab", "in the editor: complete, or indent; elsewhere: on through the page"], ["Shift-Tab", "in the editor: documentation"], ["Ctrl-Space", "in the editor: proposals"],
];

/** What can be written in a cell besides plain Java and SQL, with an example each. */
export const WRITTEN = [
  ["{{name}}", "in SQL: a Java variable, sent as a parameter", "select * from app.posts where id = {{id}}"],
  ["-- result: name", "above a query: its rows become a Java variable", "-- result: users\nselect id, email from app.users"],
  ["show tables", "in SQL, and at the prompt s: what is there; also show databases, show schemas, desc NAME", "desc app.posts"],
  ["Shell", "a cell of your own can be a script; psql and pg_dump know the lesson’s database", "psql -c 'select version()'"],
  ["session A", "a cell of your own can run on a connection that stays, beside others: chosen above it, or P for two", "begin; update app.posts set title = 'x' where …"],
  ["s and j", "in the terminal: SQL and Java prompts between the steps of a lesson", "./jbang lesson05"],
  ["sql NN.n", "in the terminal: SQL on a database of an exercise; on its page, Try SQL on its database", "./jbang sql 05.2 --with-answer"],
];

const runAndNext = cells => cell => {
  cells.run([cell]);
  const next = cells.next(cell, 1);
  if (next) next.focus(); else cells.insert(cell);
};
const runAndInsert = cells => cell => { cells.run([cell]); cells.insert(cell, { language: cell.language }); };

export const editorKeys = (cells, cell) => [
  { key: "Shift-Enter", run: () => (runAndNext(cells)(cell), true) },
  { key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (cells.run([cell]), true) },
  { key: "Alt-Enter", run: () => (runAndInsert(cells)(cell), true) },
  { key: "Mod-s", run: () => (cell.source.flush(), true) },
];

/** @param page {help(), watch()} */
export function commandMode(cells, page) {
  const step = by => cell => { cells.next(cell, by)?.focus(); };
  const single = {
    j: step(1), k: step(-1), a: cell => cells.insert(cell, { above: true }), b: cell => cells.insert(cell), p: cell => cells.pair(cell),
    s: () => cells.all().forEach(cell => cell.source.flush()), w: () => page.watch(), "?": () => page.help(),
    r: cell => cell.show(cell.yours.hidden ? "yours" : "recorded"),
  };
  const twice = { d: cell => { if (cell.scratch) cells.remove(cell); }, i: () => cells.stop(), 0: () => cells.reset() };
  const onFrame = { ArrowDown: step(1), ArrowUp: step(-1), Enter: cell => cell.source.focus() };
  let last = "", at = 0;

  document.addEventListener("keydown", event => {
    if (typing(event.target) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const cell = cells.current ?? inView(cells);
    if (!cell) return;
    const does = chord(event, cells) ?? plain(event);
    if (!does) return;
    event.preventDefault();
    does(cell);
  });

  function plain(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const again = key === last && event.timeStamp - at < 900;
    [last, at] = again ? ["", 0] : [key, event.timeStamp];
    if (event.target.matches(".live") && onFrame[key]) return onFrame[key];
    return twice[key] ? (again ? twice[key] : null) : single[key];
  }
}

function chord(event, cells) {
  if (event.key !== "Enter") return null;
  if (event.shiftKey) return runAndNext(cells);
  if (event.altKey) return runAndInsert(cells);
  return event.ctrlKey || event.metaKey ? cell => cells.run([cell]) : null;
}

const inView = cells => cells.all().find(cell => cell.frame.getBoundingClientRect().bottom > 120);
