// The code of a cell: as the book shows it until it comes near the window, then in the editor; saved while it is typed.
import { covered, make, meta } from "./dom.js";
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
    (source, rev) => { show(source); saver.settle(source, rev).catch(() => {}); });
  let made = null, making = null, text, line = 0;

  const saver = saving(cell.id, async (source, rev) =>
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
    flush: () => saver.flush(),
    dirty: () => saver.dirty(),
    was(book) { element.prepend(book); },
    received(source, rev) { show(saver.received(source, rev)); },
    /** Counts as typed: restore, undo. */
    set(source) { show(source); saver.typed(source); },
    /** Most runs change no mark, and a change in the editor has the browser lay out the whole page. */
    failedAt(number) {
      if (number || line) made?.failedAt(number);
      line = number;
    },
    speak: language => made?.speak(language, cell.frame.getAttribute("aria-label")),
    closeProposals: () => made?.closeProposals(),
    focused: () => made?.focused() ?? false,
    async focus() { (await makeEditor()).focus(); cell.reveal(); },
    close() { saver.close(); near.unobserve(element); made?.close(); },
  };

  function show(source) {
    text = source;
    made?.show(source);
    cell.bar?.edited();
  }

  function makeEditor() {
    return making ??= editor.then(({ createEditor }) => {
      near.unobserve(element);
      element.querySelector(":scope > pre")?.remove();
      made = createEditor({ parent: element, doc: text, language: cell.language, nonce: meta("course-nonce"),
        label: `${cell.frame.getAttribute("aria-label")}. Escape leaves the editor.`, covered, hint: cell.scratch ? "Your own: Java, SQL or a command" : "" }, {
        keys: cell.notebook.editorKeys(cell),
        left: () => cell.frame.focus({ preventScroll: true }),
        changed(now) { text = now; saver.typed(now); cell.bar.edited(); },
        complete: (source, cursor) => post("complete", { id: cell.id, source, cursor }),
        describe: async (source, cursor) => (await post("describe", { id: cell.id, source, cursor })).text,
      });
      made.failedAt(line);
      return made;
    });
  }
  element.arrive = () => makeEditor();
  element.addEventListener("click", () => { if (!made) api.focus(); });
  near.observe(element);

  return api;
}
