// Copy buttons, light and dark, hidden results, search, and where you are on the page. Without it the book reads just as well.
"use strict";

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const remember = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a private window: forget it */ } };
const recall = key => { try { return localStorage.getItem(key); } catch { return null; } };
const root = document.body.dataset.root;

// --- light and dark -------------------------------------------------------------------------------------------------

const dark = () => document.documentElement.dataset.theme
  ? document.documentElement.dataset.theme === "dark"
  : matchMedia("(prefers-color-scheme: dark)").matches;
const themeButton = make("button", { type: "button", className: "theme", onclick: () => {
  document.documentElement.dataset.theme = dark() ? "light" : "dark";
  remember("theme", document.documentElement.dataset.theme);
  nameThemeButton();
} });
function nameThemeButton() {
  themeButton.textContent = dark() ? "☀" : "☾";
  themeButton.title = dark() ? "Light page" : "Dark page";
  themeButton.setAttribute("aria-label", themeButton.title);
}
nameThemeButton();
document.querySelector(".tools").append(themeButton);

// --- predict first --------------------------------------------------------------------------------------------------

const results = document.querySelectorAll(".result[data-recorded]");
if (results.length) {
  const predict = make("button", { type: "button", textContent: "Predict first", title: "Hide results until you ask for them" });
  const apply = on => {
    document.body.classList.toggle("predict", on);
    predict.setAttribute("aria-pressed", String(on));
    if (on) results.forEach(result => result.classList.remove("shown"));
  };
  predict.onclick = () => {
    apply(!document.body.classList.contains("predict"));
    remember("predict", document.body.classList.contains("predict"));
  };
  for (const result of results) {
    result.prepend(make("button", { type: "button", className: "show", textContent: "Show the result",
      onclick: () => result.classList.add("shown") }));
  }
  apply(recall("predict") === "true");
  themeButton.before(predict);
}

// --- copy -----------------------------------------------------------------------------------------------------------

for (const code of document.querySelectorAll("main pre > code")) {
  const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
  button.onclick = async () => {
    const text = code.cloneNode(true);
    text.querySelectorAll(".conum, .conum + b, .caret, .gp, .go").forEach(shown => shown.remove());
    button.textContent = await copied(text.textContent.trim() + "\n") ? "Copied" : "Press Ctrl+C";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  };
  code.parentElement.append(button);
}

// A page opened from a disk has no clipboard interface in some browsers; the old command works there.
async function copied(text) {
  if (navigator.clipboard) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* refused: try the old way */ }
  }
  const area = make("textarea", { value: text, className: "spoken" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// --- where you are --------------------------------------------------------------------------------------------------

const here = new Map([...document.querySelectorAll(".side a[href^='#']")].map(link => [link.hash.slice(1), link]));
const seen = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      here.forEach(link => link.removeAttribute("aria-current"));
      here.get(target.id)?.setAttribute("aria-current", "location");
      keepInView(here.get(target.id));
    }
  }
}, { rootMargin: "-15% 0px -75% 0px" });
function keepInView(link) {
  const side = document.querySelector(".side");
  if (!link || side.scrollHeight <= side.clientHeight) return;   // on a phone it is not beside the text
  const over = link.getBoundingClientRect().bottom - side.getBoundingClientRect().bottom + 40;
  const under = side.getBoundingClientRect().top - link.getBoundingClientRect().top + 40;
  if (over > 0) side.scrollTop += over;
  if (under > 0) side.scrollTop -= under;
}
document.querySelectorAll("main > section[id]").forEach(section => seen.observe(section));

// --- search ---------------------------------------------------------------------------------------------------------

const input = make("input", { type: "search", placeholder: "Search ( / )", autocomplete: "off" });
// With an underscore, which no step has in its id: what is made here is not checked with the page.
const list = make("ol", { id: "book_found", hidden: true });
for (const [name, value] of Object.entries({ role: "combobox", "aria-label": "Search the book", "aria-expanded": "false",
  "aria-controls": "book_found", "aria-autocomplete": "list" })) input.setAttribute(name, value);
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Search results");
document.querySelector(".search").append(input, list);

let index;   // the book's text, fetched when somebody first searches
function loadIndex() {
  index ??= new Promise((done, failed) => document.head.append(make("script",
    { src: root + "assets/search.js", onload: () => done(window.bookIndex), onerror: failed })));
  return index;
}

const words = text => text.toLowerCase().split(/[^\p{L}\p{N}_]+/u).filter(Boolean);

function score(entry, asked) {
  let points = 0;
  for (const word of asked) {
    const start = text => new RegExp(`(^|[^\\p{L}\\p{N}])${word}`, "iu").test(text);
    const gained = (start(entry.title) ? 20 : 0) + (start(entry.page) ? 8 : 0)
      + (start(entry.text) ? 4 : entry.text.toLowerCase().includes(word) ? 1 : 0);
    if (!gained) return 0;
    points += gained;
  }
  return points;
}

function excerpt(text, asked) {
  const at = Math.max(0, Math.min(...asked.map(word => text.toLowerCase().indexOf(word)).filter(found => found >= 0), text.length) - 40);
  const piece = (at ? "… " : "") + text.slice(at === text.length ? 0 : at, at + 130).trim() + " …";
  const parts = piece.split(new RegExp(`(${asked.join("|")})`, "iu"));
  return parts.map((part, i) => i % 2 ? make("mark", { textContent: part }) : part);
}

async function search() {
  const asked = words(input.value);
  const entries = asked.length ? await loadIndex() : [];
  const found = entries.map(entry => [score(entry, asked), entry]).filter(([points]) => points)
    .sort(([a], [b]) => b - a).slice(0, 12);
  list.replaceChildren(...found.map(([, entry], i) => {
    const link = make("a", { href: root + entry.url, tabIndex: -1 },
      make("strong", { textContent: entry.title }), " ", make("span", { className: "in", textContent: entry.page }),
      make("span", { className: "excerpt" }, ...excerpt(entry.text, asked)));
    const item = make("li", { id: "book_found-" + i }, link);
    item.setAttribute("role", "option");
    return item;
  }));
  if (asked.length && !found.length) list.append(make("li", { className: "none", textContent: "Nothing found." }));
  list.hidden = !asked.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  choose(0);
}

let chosenItem = 0;
function choose(number) {
  const options = [...list.querySelectorAll("[role=option]")];
  chosenItem = Math.max(0, Math.min(number, options.length - 1));
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosenItem)));
  options[chosenItem]?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", options.length ? "book_found-" + chosenItem : "");
}

function close() {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
}

input.addEventListener("input", search);
input.addEventListener("focus", () => { loadIndex(); if (input.value) search(); });
input.addEventListener("keydown", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { event.preventDefault(); choose(chosenItem + step); }
  if (event.key === "Enter") { list.querySelector("[aria-selected=true] a")?.click(); close(); }
  if (event.key === "Escape") { close(); input.blur(); }
});
document.addEventListener("click", event => { if (!event.target.closest(".search")) close(); });
document.addEventListener("keydown", event => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); input.focus(); input.select(); }
});
