// The code of a cell: the book's own drawing of it until the editor has come near, then the editor; saved while it is typed.
import { make, meta } from "./dom.js";
import { conflict } from "./conflict.js";
import { editor } from "./editors.js";
import { post, windowId } from "./server.js";
import { saving } from "./saving.js";

// Editors are made when they come near the window: a lesson has twenty, and a reader sees two.
const near = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => entry.target.arrive()),
  { rootMargin: "600px 0px" });

export function cellSource(cell) {
  const element = make("div", { className: "source" });
  const choice = conflict(element, { question: "This cell was also edited elsewhere. Which text shall stay?", elsewhere: "Saved elsewhere" },
    (source, rev) => { show(source); keeper.settle(source, rev).catch(() => {}); });
  let made = null, making = null, text, line = 0;

  const keeper = saving(cell.id, async (source, rev) =>
    (await post("save", { id: cell.id, source, rev, by: windowId })).rev, {
    state: word => {
      cell.bar?.saved(word);
      element.dataset.saved = word;
      if (word === "saved") choice.hide();
    },
    conflict: choice.show,
  });

  const api = {
    element,
    text: () => made?.text() ?? text,
    flush: () => keeper.flush(),
    dirty: () => keeper.dirty(),
    was(book) { element.prepend(book); },
    base(source, rev) { show(keeper.base(source, rev)); },
    /** Typed for the person: by restore, by an undo. */
    set(source) { show(source); keeper.typed(source); },
    /** Most runs neither make nor take away a mark, and a change of the editor has the whole page laid out at once. */
    failedAt(number) {
      if (number || line) made?.failedAt(number);
      line = number;
    },
    speak: language => made?.speak(language, cell.frame.getAttribute("aria-label")),
    focused: () => made?.focused() ?? false,
    async focus() { (await make_()).focus(); cell.reveal(); },
    close() { near.unobserve(element); made?.close(); },
  };

  function show(source) {
    text = source;
    made?.show(source);
    cell.bar?.edited();
  }

  function make_() {
    return making ??= editor.then(({ createEditor }) => {
      near.unobserve(element);
      element.querySelector(":scope > pre")?.remove();
      made = createEditor({ parent: element, doc: text, language: cell.language, nonce: meta("course-nonce"),
        label: `${cell.frame.getAttribute("aria-label")}. Escape leaves the editor.`, hint: cell.scratch ? "Your own: Java, SQL or a command" : "" }, {
        keys: cell.notebook.editorKeys(cell),
        left: () => cell.frame.focus({ preventScroll: true }),
        changed(now) { text = now; keeper.typed(now); cell.bar.edited(); },
        complete: (source, cursor) => post("complete", { id: cell.id, source, cursor }),
        describe: async (source, cursor) => (await post("describe", { id: cell.id, source, cursor })).text,
      });
      made.failedAt(line);
      return made;
    });
  }
  element.arrive = () => make_();
  element.addEventListener("click", () => { if (!made) api.focus(); });
  near.observe(element);

  return api;
}
