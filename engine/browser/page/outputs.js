// What a cell has shown: drawn by the server, in order. What is printed grows in its place.
import { announce, button, drawn, make } from "./dom.js";
import { shareScale } from "./plans.js";
import { scrollersChanged } from "./scrollers.js";
import { sortable } from "./tables.js";

const MAX_CHARACTERS = 100_000;   // characters of one print kept on the page

/** @param fetchRows what "more rows" asks: (seq, offset) → promise of {html, next} */
export function outputs(fetchRows) {
  const box = make("div", { className: "outputs" });
  let stale = false;      // shown by the previous run; removed when the new one shows something, so that nothing flickers
  const shapes = new Map();

  function removeStale() {
    if (!stale) return;
    stale = false;
    box.classList.remove("before");
    box.replaceChildren();
    shapes.clear();
  }

  function add(output) {
    removeStale();
    if (output.kind === "print") return print(output);
    if (box.querySelector(`:scope > [data-seq="${output.seq}"]`)) return;
    const holder = make("div", { className: "shown", data: { seq: output.seq, kind: output.kind, shape: output.shape } });
    holder.append(drawn(output.html));
    sortable(holder);
    if (output.result) holder.append(moreRows(holder, output));
    box.append(holder);
    if (output.kind === "plan") shareScale(box);
    scrollersChanged();
    shapes.set(output.seq, output.shape);
  }

  function print({ seq, stream, text }) {
    removeStale();
    let printed = box.querySelector(`:scope > [data-seq="${seq}"]`);
    if (!printed) {
      printed = make("pre", { className: "output print " + stream, data: { seq, kind: "print" } }, make("samp"));
      if (stream === "err") printed.firstChild.setAttribute("aria-label", "Printed to System.err");
      box.append(printed);
    }
    const samp = printed.firstChild;
    samp.append(text);
    if (samp.textContent.length > MAX_CHARACTERS * 1.2) {
      printed.dataset.left = Number(printed.dataset.left ?? 0) + samp.textContent.length - MAX_CHARACTERS;
      samp.textContent = samp.textContent.slice(-MAX_CHARACTERS);
      printed.title = `The first ${printed.dataset.left} characters are left out.`;
      printed.before(box.querySelector(`[data-cut="${seq}"]`) ?? make("p", { className: "empty", data: { cut: seq } }));
      box.querySelector(`[data-cut="${seq}"]`).textContent = printed.title;
    }
    samp.scrollTop = samp.scrollHeight;
  }

  function moreRows(holder, output) {
    const ask = button("More rows", "Fetch the next rows of this result", async () => {
      ask.disabled = true;
      const body = holder.querySelector("tbody");
      const answer = await fetchRows(output.seq, body.rows.length).catch(failed => ({ html: "", next: null, said: failed.message }));
      const rows = drawn(answer.html).querySelectorAll("tbody tr");
      body.append(...rows);
      announce(answer.said ?? `${rows.length} more rows.`);
      if (answer.next === null || answer.next === undefined || answer.next < 0) ask.replaceWith(make("p", { className: "empty", textContent: answer.said ?? "" }));
      else ask.disabled = false;
    }, { className: "more" });
    return ask;
  }

  return {
    box, add, print,
    clear() { stale = box.childElementCount > 0; box.classList.toggle("before", stale); },
    /** The run has ended: what is left of the previous one is removed. */
    settle: removeStale,
    replace(all) { stale = true; removeStale(); box.replaceChildren(); shapes.clear(); all.forEach(add); },
    empty: () => stale || !box.childElementCount,
    shapes: () => [...shapes.values()],
  };
}
