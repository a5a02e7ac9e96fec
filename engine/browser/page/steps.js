// What has become of each step, beside its name in the list of steps.
import { cells } from "./cells.js";
import { make } from "./dom.js";
import { on } from "./server.js";

const SIGNS = { done: ["✓", "has run"], stale: ["↻", "is stale"], failed: ["✗", "failed"], lost: ["✗", "was lost"], stopped: ["✗", "was stopped"],
  running: ["…", "runs"], queued: ["…", "waits its turn"] };
const links = new Map([...document.querySelectorAll(".side .step > a[href^='#']")].map(link => [link.hash.slice(1), link]));

function mark(cell) {
  const link = cell?.section && links.get(cell.id);
  if (!link) return;
  const became = cell.stale && !cell.busy ? "stale" : cell.status;
  const mark = link.querySelector(":scope > .became");
  if (mark?.dataset.became === became) return;
  mark?.remove();
  if (!SIGNS[became]) return;
  const [sign, words] = SIGNS[became];
  const kind = became === "queued" ? "running" : ["lost", "stopped"].includes(became) ? "failed" : became;
  link.append(make("span", { className: "became " + kind, title: words, data: { became } }, " ", make("span", { textContent: sign, aria: { hidden: "true" } }),
    make("span", { className: "spoken", textContent: words })));
}

on("state", () => cells.all().forEach(mark));
on("cell", event => mark(cells.get(event.id)));
