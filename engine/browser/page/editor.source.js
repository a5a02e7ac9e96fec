// The editor of a cell: CodeMirror with what the course needs of it, nothing more. `./jbang docs` bundles this file and
// CodeMirror into editor.js, which is what a browser loads.
import { Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightActiveLine, highlightSpecialChars, hoverTooltip, keymap, lineNumbers,
  placeholder, rectangularSelection, showTooltip } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, toggleComment } from "@codemirror/commands";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap,
  currentCompletions, moveCompletionSelection, selectedCompletionIndex, startCompletion } from "@codemirror/autocomplete";
import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { tags } from "@lezer/highlight";
import { java } from "./java.source.js";

const coloured = (variable, ...tag) => ({ tag, color: `var(--${variable})` });
const colours = HighlightStyle.define([
  coloured("keyword", tags.keyword, tags.atom, tags.modifier, tags.bool, tags.null, tags.self, tags.standard(tags.typeName)),
  coloured("string", tags.string, tags.character, tags.special(tags.string)),
  coloured("number", tags.number, tags.integer, tags.float),
  { ...coloured("comment", tags.comment, tags.lineComment, tags.blockComment), fontStyle: "italic" },
  coloured("name", tags.typeName, tags.className, tags.function(tags.definition(tags.variableName)), tags.annotation),
]);
const languages = { java: () => java, sql: () => sql({ dialect: PostgreSQL, upperCaseKeywords: false }), shell: () => [] };

// --- the line where it failed ---------------------------------------------------------------------------------------

const failing = StateEffect.define();
const failedLine = StateField.define({
  create: () => Decoration.none,
  update(marks, change) {
    for (const effect of change.effects) if (effect.is(failing)) return at(change.state.doc, effect.value);
    return change.docChanged ? Decoration.none : marks;
  },
  provide: field => EditorView.decorations.from(field),
});
function at(doc, line) {
  if (!line || line > doc.lines) return Decoration.none;
  return Decoration.set([Decoration.line({ class: "failed-line" }).range(doc.line(line).from)]);
}

// --- what the server knows: proposals and documentation ---------------------------------------------------------------

// While somebody types only where a proposal helps; Ctrl-Space and Tab ask anywhere.
const worthAsking = { java: /\.\w*$|\b\w{3,}$/, sql: /[\w"]\.\w*$|\b[a-z_]\w+$/i, shell: /$^/ };
const source = (language, complete) => async context => {
  const before = context.state.sliceDoc(context.state.doc.lineAt(context.pos).from, context.pos);
  if (!context.explicit && !worthAsking[language()].test(before)) return null;
  const found = await complete(context.state.doc.toString(), context.pos).catch(() => null);
  if (!found?.options?.length || context.aborted) return null;
  return { from: found.from, to: found.to ?? context.pos, options: found.options, validFor: /^\w*$/ };
};

const documentation = (pos, text) => text ? { pos, above: true, create: () => {
  const dom = document.createElement("div");
  dom.className = "documentation";
  dom.textContent = text;
  return { dom };
} } : null;
const documented = StateEffect.define();
const documentationTip = StateField.define({
  create: () => null,
  update(tip, change) {
    for (const effect of change.effects) if (effect.is(documented)) return effect.value;
    return change.docChanged || change.selection ? null : tip;
  },
  provide: field => showTooltip.from(field),
});
const ask = describe => view => {
  const pos = view.state.selection.main.head;
  describe(view.state.doc.toString(), pos).then(text => view.dispatch({ effects: documented.of(documentation(pos, text)) }), () => {});
  return true;
};
const hideDocumentation = view => {
  if (!view.state.field(documentationTip)) return false;
  view.dispatch({ effects: documented.of(null) });
  return true;
};

/** Escape. Proposals that are still on their way are no reason to stay in the editor: nobody sees them. */
function hideProposals(view) {
  const shown = currentCompletions(view.state).length > 0;
  closeCompletion(view);
  return shown;
}

/** A list of one, which is what stands before the cursor already, proposes nothing. */
const closeWhereTyped = EditorView.updateListener.of(({ state, view }) => {
  const [first, ...others] = currentCompletions(state);
  if (!first || others.length) return;
  const pos = state.selection.main.head;
  if (state.sliceDoc(Math.max(0, pos - first.label.length), pos).toLowerCase() === first.label.toLowerCase()) closeCompletion(view);
});

// --- Tab as notebooks have it: it takes a proposal, asks for one behind a word, and indents elsewhere -----------------

function tab(view) {
  if (currentCompletions(view.state).length) {   // also while newer ones are on their way
    if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
    return acceptCompletion(view) || true;
  }
  const { main } = view.state.selection;
  const before = view.state.sliceDoc(Math.max(0, main.from - 1), main.from);
  return main.empty && /[\w.]/.test(before) ? startCompletion(view) : indentMore(view);
}

/**
 * @param at {parent, doc, language, label, nonce, hint, readOnly, covered()}; the last: pixels of the window's lower end that something covers
 * @param does {changed(text), complete(text, pos), describe(text, pos), keys: [{key, run}], left()}
 */
export function createEditor(at, does) {
  let language = at.language;
  let quiet = false;   // a change that nobody typed
  const speech = new Compartment(), words = new Compartment(), names = new Compartment();
  // Tab goes past it, from what is around it to what comes next: whoever wants to type says so, with Enter or a click.
  const named = label => EditorView.contentAttributes.of({ "aria-label": label, tabindex: "-1" });
  const view = new EditorView({
    parent: at.parent,
    state: EditorState.create({ doc: at.doc, extensions: [
      at.nonce ? EditorView.cspNonce.of(at.nonce) : [],
      Prec.highest(keymap.of(does.keys.map(key => ({ preventDefault: true, ...key })))),
      lineNumbers(), highlightSpecialChars(), history(), drawSelection(), rectangularSelection(), indentOnInput(), bracketMatching(),
      closeBrackets(), highlightActiveLine(), indentUnit.of("    "), EditorState.tabSize.of(4), placeholder(at.hint ?? ""),
      EditorView.scrollMargins.of(() => ({ top: 110, bottom: at.covered?.() ?? 0 })),
      syntaxHighlighting(colours), failedLine, documentationTip, EditorView.lineWrapping,
      EditorState.readOnly.of(!!at.readOnly),
      speech.of(languages[language]?.() ?? []),
      names.of(named(at.label)),
      words.of(does.complete ? [
        Prec.highest(keymap.of([{ key: "Escape", run: hideProposals }])),   // before the one that completion brings
        autocompletion({ override: [source(() => language, does.complete)], selectOnOpen: false, icons: false, interactionDelay: 0, activateOnTypingDelay: 120 }),
        closeWhereTyped,
        hoverTooltip((_, pos) => does.describe(view.state.doc.toString(), pos).then(text => documentation(pos, text), () => null),
          { hoverTime: 600 }),
        keymap.of([{ key: "Shift-Tab", run: ask(does.describe) }, { key: "Escape", run: hideDocumentation }]),
      ] : []),
      keymap.of([...completionKeymap, { key: "Tab", run: tab }, { key: "Shift-Tab", run: indentLess }, { key: "Mod-[", run: indentLess },
        { key: "Mod-]", run: indentMore }, { key: "Mod-/", run: toggleComment }, ...(does.left ? [{ key: "Escape", run: () => (does.left(), true) }] : []),
        ...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of(update => { if (update.docChanged && !quiet) does.changed?.(update.state.doc.toString()); }),
    ] }),
  });
  return {
    view,
    text: () => view.state.doc.toString(),
    /** Replaces the text without telling anybody; the cursor stays where it can. */
    show(text) {
      if (text === this.text()) return;
      const head = Math.min(view.state.selection.main.head, text.length);
      quiet = true;
      try { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: head } }); }
      finally { quiet = false; }
    },
    speak(other, label) {
      language = other;
      view.dispatch({ effects: [speech.reconfigure(languages[other]?.() ?? []), names.reconfigure(named(label))] });
    },
    closeProposals: () => closeCompletion(view),
    failedAt: line => view.dispatch({ effects: failing.of(line) }),
    focus: () => view.focus(),
    focused: () => view.hasFocus,
    close: () => view.destroy(),
  };
}
