// Who waits for whom, while it happens: backends as rows, waits as sentences, connections as a row of boxes.
import { button, duration, make } from "./dom.js";
import { on, post } from "./server.js";

const KINDS = { active: "at work", waiting: "waits for a lock", "idle in transaction": "in a transaction, at rest", idle: "at rest" };

export function watcher(cells, changed) {
  const waits = make("div", { className: "waits", aria: { live: "polite" } });
  const pool = make("div", { className: "pool" });
  const rows = make("tbody");
  const panel = make("aside", { className: "watch", hidden: true, aria: { label: "Sessions and locks" } },
    make("div", { className: "watch-head" }, make("h2", { textContent: "Sessions and locks" }), button("Close", "Close (W)", toggle)),
    waits, pool, make("div", { className: "scroll", tabIndex: 0, aria: { role: "region", label: "Backends" } }, make("table", {},
      make("thead", {}, make("tr", {}, ...["Session", "State", "Waits for", "Lock", "Statement", "Since"].map(title => make("th", { scope: "col", textContent: title })))), rows)));
  document.body.append(panel);
  let open = false, asked = false, backends = [];

  function toggle() {
    open = !open;
    panel.hidden = !open;
    document.body.classList.toggle("watching", open);
    changed(open);
    draw();
    ask();
  }
  /** The server looks only while somebody does: at the panel, or at sessions side by side. */
  function ask() {
    const wanted = open || !!document.querySelector(".pair");
    if (wanted !== asked) post("watch", { on: asked = wanted }).catch(() => { asked = !wanted; });
  }
  on("state", () => { asked = false; ask(); });
  ["added", "removed", "cell"].forEach(type => on(type, ask));

  const draw = () => { if (open) { drawPool(pool, backends); rows.replaceChildren(...backends.map(one => row(one, backends))); } };
  on("watch", event => {
    backends = event.backends ?? [];
    const sentences = backends.flatMap(one => (one.blockedBy ?? []).map(pid => sentence(one, backends.find(other => other.pid === pid) ?? { pid })));
    say(waits, sentences.length ? sentences : ["Nobody waits for anybody."]);
    document.querySelectorAll(".pair > .waits").forEach(place => say(place, sentences));
    for (const cell of cells.all()) {
      const own = backends.find(one => cell.session && one.session === cell.session && one.blockedBy?.length);
      cell.waits = own ? `waits for ${own.blockedBy.map(pid => name(backends.find(other => other.pid === pid) ?? { pid })).join(", ")}` : undefined;
      cell.frame.classList.toggle("blocked", !!own && cell.status === "running");
    }
    draw();
  });
  return { toggle };
}

/** Only when it changed: a region that is read aloud must not be read every half second. */
function say(place, sentences) {
  const text = sentences.join("\n");
  if (place.dataset.says === text) return;
  place.dataset.says = text;
  place.replaceChildren(...sentences.map(one => make("span", { className: "wait", textContent: one })));
}

const name = one => one.session ? `session ${one.session}` : one.role ? `${one.role} (${one.pid})` : `process ${one.pid}`;
const short = text => (text ?? "").replace(/\s+/g, " ").trim().slice(0, 120);

function sentence(one, other) {
  const what = one.lock ? ` to give up ${one.lock}` : "";
  const subject = name(one);
  return `${subject[0].toUpperCase() + subject.slice(1)} waits for ${name(other)}${what}: ${short(one.statement)}`;
}

const kind = one => one.blockedBy?.length ? "waiting" : /idle in transaction/.test(one.state) ? "idle in transaction" : one.state === "active" ? "active" : "idle";

function drawPool(place, backends) {
  const count = what => backends.filter(one => kind(one) === what).length;
  place.replaceChildren(
    make("span", { className: "boxes", aria: { hidden: "true" } }, ...backends.map(one => make("span", { className: "box " + kind(one).replaceAll(" ", "-"), title: name(one) }))),
    make("span", {}, `${backends.length} connections: ` + Object.entries(KINDS).map(([what, says]) => `${count(what)} ${says}`).join(", ")));
}

function row(one, all) {
  const others = (one.blockedBy ?? []).map(pid => name(all.find(other => other.pid === pid) ?? { pid })).join(", ");
  const cell = text => make("td", { textContent: text ?? "" });
  return make("tr", { className: kind(one).replaceAll(" ", "-") }, make("th", { scope: "row", textContent: name(one), title: `process ${one.pid}` }),
    cell(one.state), cell(others || one.wait), cell(one.lock), make("td", {}, make("code", { textContent: short(one.statement), title: one.statement ?? "" })),
    cell(one.ms === undefined || one.ms === null ? "" : duration(one.ms)));
}
