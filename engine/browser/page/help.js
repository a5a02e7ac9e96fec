// The list of keys.
import { button, make } from "./dom.js";
import { KEYS, WRITTEN } from "./keyboard.js";

let sheet;

export function help() {
  sheet ??= build();
  sheet.showModal();
}

function written() {
  return make("dl", { className: "written" }, ...WRITTEN.flatMap(([what, says, example]) => [make("dt", {}, make("code", { textContent: what })),
    make("dd", {}, says, make("pre", {}, make("code", { textContent: example })))]));
}

function build() {
  const key = word => /^(or|↓|↑)$/.test(word) && word === "or" ? " or " : make("kbd", { textContent: word });
  const rows = KEYS.map(([keys, says]) => make("tr", {},
    make("th", { scope: "row" }, ...keys.split(" ").flatMap(word => [key(word), " "])), make("td", { textContent: says })));
  const dialog = make("dialog", { className: "help", aria: { labelledby: "help_title" } },
    make("div", { className: "watch-head" }, make("h2", { id: "help_title", textContent: "Keys" }), button("Close", "", () => dialog.close())),
    make("p", { textContent: "Single letters work in command mode: after Esc, while nobody types." }),
    make("table", {}, make("tbody", {}, ...rows)),
    make("h3", { textContent: "In a cell" }), written(),
    make("p", {}, make("a", { href: "/words.html", textContent: "The words of the lessons" }), " · ",
      make("a", { href: "/reference.html", textContent: "Plans, locks and SQLSTATEs" })));
  document.body.append(dialog);
  return dialog;
}
