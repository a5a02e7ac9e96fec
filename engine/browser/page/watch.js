// Which sessions wait for which others, while it happens: backends as rows, waits as sentences, connections as a row of boxes.
import { button, covered, duration, make } from "./dom.js";
import { on, post, windowId } from "./server.js";

const KINDS = { active: "at work", waiting: "waits for a lock", "idle in transaction": "in a transaction, at rest", idle: "at rest" };

export function watcher(cells, changed) {
  const waits = make("div", { className: "waits", aria: { live: "polite" } });
  const pool = make("div", { className: "pools" });
  const rows = make("tbody");
  const panel = make("aside", { className: "watch", hidden: true, aria: { label: "Sessions and locks" } },
    make("div", { className: "watch-head" }, make("h2", { textContent: "Sessions and locks" }), button("Close", "Close (W)", toggle)),
    waits, pool, make("div", { className: "scroll", tabIndex: 0, aria: { role: "region", label: "Backends" } }, make("table", {},
      make("thead", {}, make("tr", {}, ...["Session", "State", "Waits for", "Lock", "Statement", "For"].map(title => make("th", { scope: "col", textContent: title })))), rows)));
  document.body.append(panel);
  let open = false, asked = false, backends = [];

  function toggle() {
    open = !open;
    panel.hidden = !open;
    document.body.classList.toggle("watching", open);
    makeRoom();
    changed(open);
    draw();
    ask();
  }
  /** The page ends above the panel, however high it is, and the cell that somebody works on stays in view. */
  function makeRoom() {
    const bar = document.querySelector(".bar"), current = cells.current?.frame.getBoundingClientRect();
    document.documentElement.style.setProperty("--bar-height", `${bar?.offsetHeight ?? 0}px`);
    document.documentElement.style.setProperty("--watch", `${covered()}px`);
    if (open && current && current.top < innerHeight && current.bottom > innerHeight - covered()) cells.current.reveal();
  }
  new ResizeObserver(makeRoom).observe(panel);
  addEventListener("resize", () => { if (open) makeRoom(); });
  const withSessions = () => cells.all().filter(cell => cell.status === "running" && cell.opensSessions);

  /** The server looks only as long as this window shows it: in the panel, at sessions side by side, at a cell that opens some. */
  function ask() {
    const wanted = open || !!document.querySelector(".pair") || withSessions().length > 0;
    if (wanted !== asked) post("watch", { on: asked = wanted, by: windowId }).catch(() => { asked = !wanted; });
  }
  on("state", () => { asked = false; ask(); });
  ["added", "removed", "cell"].forEach(type => on(type, ask));

  const draw = () => { if (open) { drawPool(pool, backends); rows.replaceChildren(...backends.map(one => row(one, backends))); } };
  on("watch", event => {
    backends = event.backends ?? [];
    seen = backends.filter(one => one.session).map(one => ({ name: one.session, role: one.role }));
    const sentences = backends.flatMap(one => (one.blockedBy ?? []).map(pid => sentence(one, backends.find(other => other.pid === pid) ?? { pid })));
    say(waits, sentences.length ? sentences : ["Nobody waits for anybody."]);
    document.querySelectorAll(".pair > .waits").forEach(place => say(place, sentences));
    withSessions().forEach(cell => cell.saw(sentences));
    for (const cell of cells.all()) {
      const own = backends.find(one => cell.session && one.session === cell.session && one.role === cell.role && one.blockedBy?.length);
      cell.waits = own ? `waits for ${own.blockedBy.map(pid => name(backends.find(other => other.pid === pid) ?? { pid })).join(", ")}` : undefined;
      cell.frame.classList.toggle("blocked", !!own && cell.status === "running");
    }
    draw();
  });
  return { toggle };
}

/** Only when it changed: a region that is read aloud must not be read five times a second. */
function say(place, sentences) {
  const text = sentences.join("\n");
  if (place.dataset.says === text) return;
  place.dataset.says = text;
  place.replaceChildren(...sentences.map(one => make("span", { className: "wait", textContent: one })));
}

let named = new Set();   // sessions of cells; other backends are called by what they say they are
let seen = [];           // {name, role} of those that are connected
const listen = event => { named = new Set((event.sessions ?? []).map(one => one.name).filter(Boolean)); };
on("state", listen);
on("sessions", listen);
/** "session B", with its role where another session B has another one. */
export const sessionName = ({ name, role }, all) => `session ${name}${all.some(one => one.name === name && one.role !== role) ? ` (${role})` : ""}`;
const isNamed = one => !!one.session && (named.has(one.session) || !!document.querySelector(`.live[data-session="${CSS.escape(one.session)}"]`));
const name = one => isNamed(one) ? sessionName({ name: one.session, role: one.role }, seen) : one.session || one.role ? `${one.session || one.role} (${one.pid})` : `process ${one.pid}`;
const lock = one => one.lock ?? "";
const short = text => (text ?? "").replace(/\s+/g, " ").trim().slice(0, 120);

function sentence(one, other) {
  const what = lock(one) ? ` (${lock(one)})` : "";
  const subject = name(one);
  return `${subject[0].toUpperCase() + subject.slice(1)} waits for ${name(other)}${what}: ${short(one.statement)}`;
}

const kind = one => one.blockedBy?.length ? "waiting" : /idle in transaction/.test(one.state) ? "idle in transaction" : one.state === "active" ? "active" : "idle";

/** Connections of one program and role are a pool: a box for each. */
function drawPool(place, backends) {
  const pools = Map.groupBy(backends.filter(one => !isNamed(one)), one => `${one.session || "unnamed"}, ${one.role}`);
  place.replaceChildren(...[...pools].sort(([, one], [, other]) => other.length - one.length).map(([title, members]) => {
    const count = Object.entries(KINDS).map(([what, says]) => [members.filter(one => kind(one) === what).length, says]).filter(([number]) => number);
    return make("div", { className: "pool" }, make("span", { className: "boxes", aria: { hidden: "true" } },
      ...members.map(one => make("span", { className: "box " + kind(one).replaceAll(" ", "-"), title: String(one.pid) }))),
      make("span", { textContent: `${title}: ${members.length} ${members.length === 1 ? "connection" : "connections"}, ${count.map(([number, says]) => `${number} ${says}`).join(", ")}` }));
  }));
}

function row(one, all) {
  const others = (one.blockedBy ?? []).map(pid => name(all.find(other => other.pid === pid) ?? { pid })).join(", ");
  const cell = text => make("td", { textContent: text ?? "" });
  return make("tr", { className: kind(one).replaceAll(" ", "-") }, make("th", { scope: "row", textContent: name(one), title: `process ${one.pid}` }),
    cell(one.state), cell(others || one.wait), cell(lock(one)), make("td", {}, make("code", { textContent: short(one.statement), title: one.statement ?? "" })),
    cell(one.ms === undefined || one.ms === null ? "" : duration(one.ms)));
}
