// Which exercises are passed, beside their names wherever the page has them.
import { make } from "./dom.js";
import { lesson, on } from "./server.js";

const passed = one => one.state === "passed";
const passedBefore = one => one.state === "changed" || one.state === "worse";

function show(progress) {
  for (const lesson of progress?.lessons ?? []) {
    const all = lesson.exercises ?? [];
    for (const exercise of all) {
      const [number, rest] = exercise.id.split(".");
      for (const link of document.querySelectorAll(`:is(.side, .practice, .lessons) a[href*="exercises/${number}-${rest}-"]`)) mark(link, passed(exercise) ? "✓" : passedBefore(exercise) ? "(✓)" : "", exercise.words, passed(exercise));
    }
    const done = all.filter(passed).length;
    for (const link of document.querySelectorAll(`:is(.side > ol > li > a, .lessons h3 > a)[href$="${lesson.id}.html"]`)) {
      if (all.length) mark(link, `${done}/${all.length}`, `${done} of ${all.length} exercises passed`, done === all.length);
    }
  }
}

function mark(link, sign, words, all) {
  link.querySelector(".done")?.remove();
  if (sign) link.append(" ", make("span", { className: all ? "done all" : "done", title: words }, make("span", { textContent: sign, aria: { hidden: "true" } }),
    make("span", { className: "spoken", textContent: words })));
}

on("state", state => show(state.progress));
on("progress", show);
// The page of all lessons has no notebook that would tell it.
if (!lesson) fetch("/api/progress").then(response => response.json()).then(show, () => {});
