// Two texts of one cell or file, typed here and saved elsewhere, for the person to choose from. Both stay until then.
import { announce, button, make } from "./dom.js";

/**
 * @param place  the element that shows the choice above all else in it
 * @param words  {question, elsewhere}: what is asked, and how the other text is called
 * @param chosen (text, rev) is called once
 */
export function conflict(place, words, chosen) {
  const box = make("div", { className: "conflict", hidden: true, aria: { role: "alert" } });
  const hide = () => { box.hidden = true; };
  const version = (title, source, label, rev) => make("div", {}, make("p", { className: "title", textContent: title }),
    make("pre", {}, make("code", { textContent: source, tabIndex: 0 })),
    button(label, "", () => { hide(); chosen(source, rev); }));
  place.prepend(box);
  return {
    hide,
    show(mine, theirs, rev) {
      box.replaceChildren(make("p", { textContent: words.question }), make("div", { className: "versions" },
        version("Typed here", mine, "Keep this one", rev), version(words.elsewhere, theirs, "Take this one", rev)));
      box.hidden = false;
      announce(words.question);
    },
  };
}
