// Why a cell failed, where other cells explain it: which ones it needs, and the button that mends it.
import { announce, button, make } from "./dom.js";

const BECAME = { failed: "failed", stopped: "were stopped", lost: "were lost", done: "have changed since" };
const one = words => words.replace(/^were/, "was").replace(/^have/, "has");

/** The number of a step's heading; nothing for a cell of the learner's own. */
export const stepNumber = cell => cell.section ? [...document.querySelectorAll("main .step")].indexOf(cell.section) + 1 : 0;

const MAX_NAMED = 4, MAX_CODE = 40;
const firstLine = cell => cell.source.text().trim().split("\n")[0].slice(0, MAX_CODE);
const name = cell => cell.section ? make("a", { href: "#" + cell.id, textContent: `${stepNumber(cell)} ${cell.title}` })
  : make("a", { href: "#cell_" + cell.id }, "your cell ", make("code", { textContent: firstLine(cell) }));
const list = (parts, last) => parts.flatMap((part, at) => [at === 0 ? "" : at === parts.length - 1 ? last : ", ", part]);
const named = cells => list(cells.slice(0, MAX_NAMED).map(name).concat(cells.length > MAX_NAMED ? [`${cells.length - MAX_NAMED} more`] : []), " and ");

export function needs(cell) {
  const element = make("div", { className: "needs", hidden: true });
  let shown = null;
  return { element, show() {
    const signature = JSON.stringify(cell.need);
    if (signature === shown) return;
    shown = signature;
    element.hidden = !cell.need;
    cell.frame.classList.toggle("needy", !!cell.need);
    element.replaceChildren();
    if (!cell.need) return;
    const [needed, makers] = [cell.need.cells, cell.need.makers].map(ids => ids.map(cell.notebook.get).filter(Boolean));
    element.append(make("p", {}, ...sentence(cell.need, makers, needed.filter(one => !makers.includes(one)))), make("div", { className: "choices" },
      needed.length ? button("Run what it needs", "Run these cells in order, and then this one", () => cell.notebook.runNeeded(cell), { className: "primary" }) : null,
      button("Reset and run to here", "A fresh database and fresh variables, the steps above, and this one", () => cell.notebook.resetAndRunTo(cell),
        { className: needed.length ? "" : "primary" })));
    announce(element.firstChild.textContent);
  } };
}

function sentence({ reason, names }, from, others) {
  if (reason === "STATE") return ["What has run before may be in the way: this step expects the database as the steps above leave it."];
  const became = [...new Set(from.map(({ status }) => BECAME[status] ?? "have not run"))];
  const which = from.length === 1 ? `a cell that ${one(became[0])}` : `cells that ${became.join(" or ")}`;
  const begins = reason === "STEPS" ? ["It may need what is done in "] : names.length === 0 ? ["What it uses comes from "]
    : [...list(names.map(textContent => make("code", { textContent })), " and "), names.length === 1 ? " comes from " : " come from "];
  return [...begins, which, ": ", ...named(from), ".", ...others.length ? [" First ", others.length === 1 ? "runs" : "run", " ", ...named(others), "."] : []];
}
