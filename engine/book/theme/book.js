// Copy buttons, light and dark, hidden results, and search. Without it the book reads just as well.
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
  // Whoever has a database at hand predicts first, and looks by running the cell.
  const isNotebook = !!document.querySelector("meta[name=course-lesson]");
  apply((recall("predict") ?? String(isNotebook)) === "true");
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

// --- what scrolls sideways can be scrolled by keys: it takes the focus, but only while there is something to scroll ---

function markScrollers() {
  const widths = [...document.querySelectorAll("main .scroll, main pre > code, main pre > samp")].map(one => [one, one.scrollWidth > one.clientWidth + 1]);
  for (const [one, scrolls] of widths) {
    if (scrolls) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
}
markScrollers();
addEventListener("resize", markScrollers);
document.addEventListener("toggle", markScrollers, true);

// --- search ---------------------------------------------------------------------------------------------------------

const input = make("input", { type: "search", placeholder: "Search ( / )", autocomplete: "off" });
// With an underscore, which no step has in its id: what is made here is not checked with the page.
const list = make("ol", { id: "book_found", hidden: true });
for (const [name, value] of Object.entries({ role: "combobox", "aria-label": "Search the book", "aria-expanded": "false",
  "aria-controls": "book_found", "aria-autocomplete": "list" })) input.setAttribute(name, value);
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Search results");
document.querySelector(".search").append(input, list);

let searching;   // loaded when somebody first searches, and again where that failed
function loaded() {
  searching ??= Promise.all(["search.js", "search-index.js"].map(script)).then(() => bookSearch.searchIn(window.bookIndex));
  searching.catch(() => { searching = undefined; });
  return searching;
}
const script = name => new Promise((done, failed) => document.head.append(make("script", { src: root + "assets/" + name, onload: done, onerror: failed })));

async function search() {
  const query = input.value.trim();
  if (!query) return close();
  const found = await loaded().then(find => find(query), () => null);
  if (query === input.value.trim()) show(found);   // else more was typed meanwhile
}

/** @param found what was found; null where the search could not be loaded */
function show(found) {
  list.replaceChildren(...(found ?? []).map(({ title, page, url, excerpt }, i) => {
    const link = make("a", { id: "book_found-" + i, href: root + url, tabIndex: -1, role: "option" },
      make("strong", { textContent: title }), " ", make("span", { className: "in", textContent: title === page ? "" : page }),
      make("span", { className: "excerpt" }, ...excerpt.map(([text, hit]) => hit ? make("mark", { textContent: text }) : text)));
    return make("li", { role: "none" }, link);
  }));
  if (!found?.length) list.append(make("li", { className: "none", role: "option", ariaDisabled: "true", textContent: found ? "Nothing found." : "The search could not be loaded. Type again to try once more." }));
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(0);
}

let chosenItem = 0;
function choose(number) {
  const options = [...list.querySelectorAll("a[role=option]")];
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
input.addEventListener("focus", () => { loaded().catch(() => {}); search(); });
input.addEventListener("keydown", event => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) { event.preventDefault(); choose(chosenItem + step); }
  if (event.key === "Enter") { list.querySelector("a[aria-selected=true]")?.click(); close(); }
  if (event.key === "Escape") { close(); input.blur(); }
});
document.addEventListener("click", event => { if (!event.target.closest(".search")) close(); });
document.addEventListener("keydown", event => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); input.focus(); input.select(); }
});
