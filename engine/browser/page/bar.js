// The line below the page's head: what concerns all cells, and the state of kernel, database and sessions.
import { button, make } from "./dom.js";
import { lesson, on, tryNow } from "./server.js";
import { sessionName } from "./watch.js";

const TRANSACTION = { open: "in a transaction", failed: "in a failed transaction", idle: "" };

export function bar(cells, page) {
  const stop = button("Stop", "Stop what runs (I I)", cells.stop, { className: "stop", disabled: true });
  const java = light("Java"), database = light("PostgreSQL");
  const sessions = make("span", { className: "sessions", aria: { live: "polite" } });
  const progress = make("span", { className: "ran" });
  const watch = button("Sessions", "Sessions, locks and who waits for whom (W)", page.watch, { className: "watch-toggle", aria: { pressed: "false" } });
  const element = make("div", { className: "bar", aria: { role: "toolbar", label: "Notebook" } },
    button("Run all", "Run what has not run yet, from top to bottom", cells.runAll, { className: "primary" }), stop,
    button("Reset", "A fresh database and fresh variables (0 0)", cells.reset),
    watch, menu(cells), button("?", "Keys", page.help, { ariaLabel: "Keys" }),
    make("span", { className: "lights" }, progress, sessions, java.element, database.element));
  const preparing = make("p", { className: "preparing", hidden: true });
  element.append(preparing);
  document.querySelector("header.top").after(element);
  const showDatabase = now => {
    database.show(now);
    const waits = ["starting", "resetting"].includes(now?.status);
    cells.databaseStarts = waits;
    preparing.hidden = !(waits && now.says);
    preparing.textContent = now?.says ?? "";
  };

  const count = () => {
    const all = cells.all(), busy = all.some(cell => cell.busy);
    stop.disabled = !busy;
    progress.textContent = `${all.filter(cell => cell.fresh).length} of ${all.length} run`;
    const stale = all.filter(cell => cell.stale).length;
    if (stale) progress.textContent += `, ${stale} stale`;
  };
  on("state", state => {
    java.show(state.kernel);
    showDatabase(state.database);
    showSessions(sessions, state.sessions ?? []);
    count();
  });
  on("kernel", java.show);
  on("database", showDatabase);
  on("sessions", event => showSessions(sessions, event.sessions));
  ["cell", "added", "removed"].forEach(type => on(type, () => count()));
  on("connection", state => { if (state !== "open") { java.show({ status: "lost", says: "no connection" }); showDatabase({ status: "lost", says: "no connection" }); } });
  return { watching: now => watch.setAttribute("aria-pressed", String(now)) };
}

/** A state as a word and a coloured dot; the colour says nothing that the word does not. */
function light(name) {
  const word = make("span", { className: "state" });
  const element = make("span", { className: "light", data: { status: "none" } }, make("span", { className: "dot", aria: { hidden: "true" } }),
    name + " ", word);
  return { element, show({ status, says, version } = {}) {
    element.dataset.status = status ?? "none";
    word.textContent = status === "ready" ? (/\d+(\.\d+)?/.exec(version ?? "")?.[0] ?? "ready") : status === "none" ? "not started" : status ?? "";
    element.title = says || version || "";
  } };
}

function showSessions(element, sessions) {
  element.replaceChildren(...sessions.filter(one => one.name || one.transaction?.toLowerCase() !== "idle").map(one => {
    const transaction = one.transaction?.toLowerCase() ?? "idle";
    return make("span", { className: "chip " + transaction, title: `${one.role}, process ${one.pid}` },
      `${one.name ? sessionName(one, sessions) : one.role} ${TRANSACTION[transaction] ?? transaction}`.trim());
  }));
}

function menu(cells) {
  const item = (as, label) => make("a", { href: `/api/${lesson}/export?as=${as}`, download: "", textContent: label });
  const details = make("details", { className: "menu" }, make("summary", { textContent: "More" }), make("div", { className: "items" },
    button("Two sessions side by side", "Two SQL cells on connections of their own (P)", () => { const cell = cells.current ?? cells.all().at(-1); if (cell) cells.pair(cell); }),
    item("ipynb", "Export as Jupyter notebook"), item("jbang", "Export as jbang script"),
    button("Connect anew", "Ask the server for everything again", tryNow)));
  details.addEventListener("click", event => { if (event.target.closest(".items > *")) details.open = false; });
  details.addEventListener("keydown", event => { if (event.key === "Escape") { details.open = false; details.firstElementChild.focus(); } });
  document.addEventListener("click", event => { if (!details.contains(event.target)) details.open = false; });
  return details;
}
