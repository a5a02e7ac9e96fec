// The exercises of the lesson, each to be opened where the page names it.
import { button, drawn, make } from "./dom.js";
import { exercise } from "./exercise.js";
import { scrollersChanged } from "./scrollers.js";
import { on } from "./server.js";

const SAYS = { passed: "passed", failed: "not yet", judging: "being judged", broken: "could not be judged" };
const open = new Map();
const judging = new Set();

export function exercises() {
  const own = document.querySelector("main.exercise");
  if (own) openAt(own.dataset.exercise, place => own.append(place), own.querySelector("h1").textContent);
  on("state", state => { if (!own) state.exercises?.forEach(offer); open.forEach(one => one.refresh()); });
  on("exercise", event => {
    open.get(event.id)?.verdict(event);
    if (event.state === "judging") judging.add(event.id); else judging.delete(event.id);
    label(event.id, event.state);
  });
  on("progress", progress => progress.lessons.flatMap(one => one.exercises ?? [])
    .filter(one => ["passed", "changed", "worse"].includes(one.state) && !judging.has(one.id)).forEach(one => label(one.id, one.state, one.words)));
}

function offer({ id, title, state, words }) {
  const [lesson, number] = id.split(".");
  const link = document.querySelector(`.practice a[href*="exercises/${lesson}-${number}-"]`);
  if (!link) return;
  const item = link.closest("li");
  if (!item.querySelector(".work")) {
    item.dataset.exercise = id;
    const toggle = button("Work on it here", `Exercise ${id}: ${title}`, () => {
      const place = item.querySelector(".exercise-live");
      if (place) place.hidden = !place.hidden;
      else openAt(id, made => item.append(made), title, link.href);
      toggle.setAttribute("aria-expanded", String(!item.querySelector(".exercise-live").hidden));
    }, { className: "work", aria: { expanded: "false" } });
    link.after(toggle, make("span", { className: "exercise-state" }));
  }
  label(id, state, words);
}

function label(id, state, words) {
  const place = document.querySelector(`[data-exercise="${id}"] > .exercise-state`);
  if (place) place.textContent = words ?? SAYS[state] ?? "";
}

function openAt(id, put, title, page) {
  const made = exercise(id, title);
  open.set(id, made);
  put(made.element);
  made.refresh();
  if (page) task(page).then(text => { made.task.append(text); scrollersChanged(); }).catch(() => { made.task.append(make("a", { href: page, textContent: "Read the task" })); });
}

/** The task as the book has it, without what stands beside it there. */
async function task(page) {
  const read = drawn(await (await fetch(page)).text()).querySelector("main.exercise");
  read.querySelectorAll("h1, dl.facts, .hint, .trust, [id]:is(section.hint)").forEach(part => part.remove());
  read.querySelectorAll("[href]").forEach(link => { link.href = new URL(link.getAttribute("href"), page).href; });
  const text = document.createDocumentFragment();
  text.append(...read.childNodes);
  return text;
}
