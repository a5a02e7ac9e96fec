// Which exercises are passed, beside their names wherever the page has them.
import { make } from "./dom.js";
import { on } from "./server.js";

const passed = one => one.state === "passed";

function show(progress) {
  for (const lesson of progress?.lessons ?? []) {
    const all = lesson.exercises ?? [];
    for (const exercise of all) {
      const [number, rest] = exercise.id.split(".");
      for (const link of document.querySelectorAll(`:is(.side, .practice) a[href*="exercises/${number}-${rest}-"]`)) mark(link, passed(exercise) ? "✓" : "", "passed", true);
    }
    const done = all.filter(passed).length;
    const link = document.querySelector(`.side > ol > li > a[href$="${lesson.id}.html"]`);
    if (link && all.length) mark(link, `${done}/${all.length}`, `${done} of ${all.length} exercises passed`, done === all.length);
  }
}

function mark(link, sign, words, all) {
  link.querySelector(".done")?.remove();
  if (sign) link.append(" ", make("span", { className: all ? "done all" : "done", title: words }, make("span", { textContent: sign, aria: { hidden: "true" } }),
    make("span", { className: "spoken", textContent: words })));
}

on("state", state => show(state.progress));
on("progress", show);
