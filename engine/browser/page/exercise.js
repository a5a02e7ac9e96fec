// One exercise: its files in an editor, the list of checks, hints, the solution, a new start.
import { announce, button, confirmed, covered, drawn, make, meta } from "./dom.js";
import { notice } from "./notices.js";
import { Unreachable, post, windowId } from "./server.js";
import { conflict } from "./conflict.js";
import { editor } from "./editors.js";
import { saving } from "./saving.js";
import { exerciseSql } from "./exercise-sql.js";
import { scrollersChanged } from "./scrollers.js";

const language = file => file.endsWith(".java") ? "java" : file.endsWith(".sql") ? "sql" : "shell";

export function exercise(id, title) {
  const files = new Map();   // name → {tab, pane, saver, editor}
  const task = make("div", { className: "task-text" });
  const tabs = make("div", { className: "tabs", aria: { role: "tablist", label: "Files of exercise " + id } });
  const panes = make("div", { className: "panes" });
  const verdict = make("div", { className: "judged", aria: { live: "polite" } });
  const hints = make("div", { className: "hints", aria: { live: "polite" } });
  const solved = make("div", { className: "solved" });
  const say = failed => notice({ level: failed instanceof Unreachable ? "error" : "warning", text: failed.message, action: failed.answer?.action });
  const guarded = does => () => does().catch(say);
  const verify = button("Verify", "Check the answer (Ctrl-Enter)", guarded(async () => {
    busy(true);   // before it is asked for: the verdict may come before the answer to a request that was sent again
    try {
      await Promise.all([...files.values()].map(file => file.saver.flush()));
      await post("exercise/verify", { id });
    } catch (failed) {
      busy(false);
      throw failed;
    }
  }), { className: "primary" });
  const hint = button("Hint", "The next hint", guarded(async () => {
    const { html, left } = await post("exercise/hint", { id });
    if (html) hints.replaceChildren(drawn(html));
    hints.querySelector(":scope > :last-child")?.setAttribute("open", "");
    leave(left);
  }));
  const solution = button("Show solution", "The solution, with comments", guarded(() => showSolution(false)));
  const reset = button("Restore", "The files as they were at first", guarded(async () => {
    if (!await confirmed(`Throw away what is written for exercise ${id}?`, "Restore")) return;
    const state = await post("exercise/reset", { id });
    verdict.replaceChildren();
    files.forEach(file => { file.fresh = true; });
    show(state);
    notice({ level: "info", text: state.says ?? "The files are as they were at first." });
  }));
  const element = make("div", { className: "exercise-live", aria: { role: "region", label: `Exercise ${id}: ${title}` } }, task, tabs, panes,
    make("div", { className: "exercise-bar" }, verify, hint, solution, reset), verdict, hints, solved,
    exerciseSql(id, () => Promise.all([...files.values()].map(file => file.saver.flush()))));

  let judged = 0;   // how many verdicts this page knows of
  /** What one does next: look at a hint after a verdict that says no, else verify. */
  const propose = next => [verify, hint].forEach(one => one.classList.toggle("primary", one === next));
  const busy = on => { verify.disabled = on; verify.textContent = on ? "Verifying …" : "Verify"; verdict.setAttribute("aria-busy", String(on)); };
  const leave = left => { hint.hidden = left === 0; if (left > 0) hint.textContent = `Hint (${left} left)`; };

  async function showSolution(giveUp) {
    try {
      const answer = await post("exercise/solution", { id, giveUp });
      solved.replaceChildren(answer.html ? drawn(answer.html) : "", ...(answer.files ?? []).flatMap(file => [make("p", { className: "title", textContent: file.name }),
        make("pre", {}, make("code", { textContent: file.source, tabIndex: 0 }))]));
      solved.scrollIntoView({ block: "nearest" });
    } catch (failed) {
      if (!failed.answer?.giveUp) throw failed;
      if (await confirmed(failed.message, "Show it all the same")) await showSolution(true);
    }
  }

  async function refresh() {
    const state = await post("exercise/state", { id }).catch(failed => (say(failed), null));
    if (state) show(state);
  }

  function show(state) {
    state.files.forEach(file => files.has(file.name) ? update(files.get(file.name), file) : open(file));
    if (!hints.childElementCount) hints.append(...(state.hints ?? []).map(html => drawn(html.html ?? html)));
    if (state.left !== undefined) leave(state.left);
    judge(state);
    tabs.hidden = false;
    if (!panes.querySelector(".pane:not([hidden])")) select(state.files[0]?.name);
    scrollersChanged();
  }

  /** From a state or an event, whichever comes first: a verdict may come while this window is away, and a state after a newer event. */
  function judge({ judged: count, judging, html }) {
    if (count < judged) return;
    if (html && count > judged) verdict.replaceChildren(drawn(html));
    if (html) propose(verdict.querySelector(".verdict.failed") && !hint.hidden ? hint : verify);
    judged = count;
    busy(judging);
  }

  function update(file, { source, hash }) {
    if (file.fresh) { file.fresh = false; file.editor?.show(source); file.saver.forget(source, hash); return; }
    const text = file.saver.received(source, hash);
    file.editor?.show(text);
  }

  function open({ name, source, hash }) {
    const key = name.replace(/\W/g, "_");
    const tab = button(name, "", () => select(name), { id: `tab_${id}_${key}`, aria: { role: "tab", controls: `pane_${id}_${key}` } });
    const savedState = make("span", { className: "saved" });
    const pane = make("div", { className: "pane source", id: `pane_${id}_${key}`, hidden: true, tabIndex: 0,
      aria: { role: "tabpanel", labelledby: tab.id, keyshortcuts: "Enter" } }, savedState);
    const file = { tab, pane };
    const choice = conflict(pane, { question: "This file was also changed elsewhere. Which text shall stay?", elsewhere: "On disk" },
      (text, now) => { file.editor?.show(text); file.saver.settle(text, now).catch(say); });
    file.saver = saving(`exercise/${id}/${name}`, async (text, was) => (await post("exercise/save", { id, file: name, source: text, hash: was, by: windowId })).hash, {
      state: word => {
        savedState.textContent = word === "kept" ? "kept in this browser" : "";
        if (word === "saved") choice.hide();
      },
      conflict: choice.show,
    });
    const text = file.saver.received(source, hash);
    files.set(name, file);
    tabs.append(tab);
    panes.append(pane);
    tab.onkeydown = event => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      const all = [...files.keys()];
      select(all[(all.indexOf(name) + by + all.length) % all.length]);
      files.get(all[(all.indexOf(name) + by + all.length) % all.length]).tab.focus();
    };
    pane.onkeydown = event => {
      if (event.target !== pane || event.key !== "Enter") return;
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) verify.click(); else file.editor?.focus();
    };
    editor.then(({ createEditor }) => {
      file.editor = createEditor({ parent: pane, doc: text, language: language(name), label: `${name}. Escape leaves the editor.`, nonce: meta("course-nonce"), covered }, {
        keys: [{ key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (verify.click(), true) }, { key: "Mod-s", run: () => (file.saver.flush(), true) }],
        changed: now => { propose(verify); file.saver.typed(now); }, left: () => pane.focus({ preventScroll: true }),
      });
    });
  }

  function select(name) {
    files.forEach((file, key) => {
      file.tab.setAttribute("aria-selected", String(key === name));
      file.tab.tabIndex = key === name ? 0 : -1;
      file.pane.hidden = key !== name;
    });
  }

  return { element, task, refresh, verdict(event) {
    judge({ ...event, judging: event.state === "judging" });
    scrollersChanged();
    element.dataset.state = event.state;
    if (event.state === "passed" || event.state === "failed") announce(`Exercise ${id}: ${event.state === "passed" ? "passed" : "not passed yet"}.`);
  } };
}
