// A cell on the page: its frame around the code, its status, its results. What a person can do with it is in cells.js.
import { announce, covered, duration, make, button } from "./dom.js";
import { cellBar } from "./cell-bar.js";
import { cellSource } from "./cell-source.js";
import { needs } from "./needs.js";
import { outputs } from "./outputs.js";
import { scrollersChanged } from "./scrollers.js";
import { post } from "./server.js";

const SAYS = { idle: "", queued: "waits its turn", running: "runs", done: "done in", failed: "failed after", stopped: "stopped after",
  lost: "lost" };
const LANGUAGES = { java: "Java", sql: "SQL", shell: "Shell" };

export class Cell {
  /** @param section the step's section of the book, or null for a cell of the learner's own */
  constructor(state, section, notebook) {
    this.id = state.id;
    this.scratch = state.place === "scratch";
    this.section = section;
    this.notebook = notebook;
    this.title = section?.querySelector("h2")?.textContent ?? "Your cell";
    this.shown = outputs((seq, offset) => post("more", { id: this.id, seq, offset }));
    this.frame = make("div", { className: "live" + (this.scratch ? " scratch" : ""), id: "cell_" + this.id, tabIndex: 0,
      aria: { role: "group", keyshortcuts: "Enter" }, data: { cell: this.id } });
    this.bar = cellBar(this);
    this.source = cellSource(this);
    this.seen = make("p", { className: "waits", aria: { live: "polite" } });
    this.needs = needs(this);
    this.frame.append(this.bar.element, this.source.element, this.seen, this.needs.element);
    this.place();
    this.update(state);
    this.frame.addEventListener("focusin", () => notebook.choose(this));
  }

  /** Puts frame and results where the book has the code; the recorded result stays beside the learner's own. */
  place() {
    this.yours = make("div", { className: "result yours shown", hidden: true, aria: { role: "region", label: "Your result: " + this.title } },
      this.shown.box);
    this.recorded = this.section?.querySelector(":scope > .result") ?? null;
    this.which = make("div", { className: "which", hidden: true, aria: { role: "group", label: "Result shown" } },
      ...[["yours", "Your result"], ["recorded", "Recorded"]].map(([what, label]) =>
        button(label, "", () => this.show(what), { data: { which: what } })));
    if (!this.section) {
      this.frame.append(this.yours);
      return;
    }
    const book = this.section.querySelector(":scope > pre.cell");
    book.replaceWith(this.frame);
    this.source.was(book);
    this.frame.after(this.which, this.yours);
  }

  show(what) {
    const both = this.recorded && !this.shown.empty();
    const yours = what === "yours" && !this.shown.empty();
    this.which.hidden = !both;
    this.yours.hidden = !yours;
    if (this.recorded) this.recorded.hidden = yours;
    if (both && what === "recorded") this.recorded.classList.add("shown");   // asked for, also by who predicts first
    scrollersChanged();
    for (const choice of this.which.children) choice.setAttribute("aria-pressed", String((choice.dataset.which === "yours") === yours));
  }

  get label() {
    const where = this.language === "sql" ? ` as ${this.role || "app"}${this.session ? ", session " + this.session : ""}` : "";
    return `${LANGUAGES[this.language]}${where}`;
  }

  /** The whole of it, from a snapshot. */
  update(state) {
    Object.assign(this, { original: state.original, after: state.after });
    this.become(state);
    this.source.received(state.source, state.rev);
    const signature = JSON.stringify(state.outputs?.map(output => [output.seq, output.html?.length ?? output.text?.length])) + state.count;
    if (signature !== this.signature) this.shown.replace(state.outputs ?? []);
    this.signature = signature;
    this.updateStatus(state, true);
    this.show("yours");
  }

  /** What it is written in, and on which connection it runs. */
  become({ language = this.language, role = this.role, session = this.session }) {
    const spoken = this.language;
    Object.assign(this, { language, role, session });
    this.frame.setAttribute("aria-label", `Cell, ${this.label}: ${this.title}`);
    Object.assign(this.frame.dataset, { session: language === "sql" ? session ?? "" : "", role: language === "sql" ? role : "" });
    if (spoken) this.source.speak(language);
    this.bar.update(this.status ? this.says() : "", this.stale ? this.why : "");
  }

  /** How its run goes. @param silent whether nobody has to be told */
  updateStatus(state, silent = false) {
    const before = this.status;
    Object.assign(this, { status: state.status, stale: state.stale, why: state.why, ms: state.ms, count: state.count, line: state.line ?? 0, need: state.need ?? null });
    Object.assign(this.frame.dataset, { status: this.status, count: this.count });
    this.frame.classList.toggle("stale", !!this.stale);
    this.needs.show();
    if (this.status === "running" && before !== "running") {
      this.since = performance.now();
      this.seen.replaceChildren();
    }
    if (!this.busy) {
      if (this.status !== "idle") this.shown.settle();
      this.source.failedAt(this.status === "failed" ? this.line : 0);
    }
    if (this.status === "idle" && !silent) this.shown.replace([]);
    this.bar.update(this.says(), this.stale ? this.why : "");
    if (!silent && before !== this.status) {
      if (this.status === "done" && this.shown.empty()) this.shown.add({ seq: -1, kind: "nothing", shape: "", html: "<p class='empty'>It ran and showed nothing.</p>" });
      this.show("yours");
      if (!this.busy && this.status !== "idle") announce(`${this.title}: ${this.says()}. ${this.summary()}`);
    }
  }

  /** Its Java opens sessions of its own, which may have to wait for each other. */
  get opensSessions() { return this.language === "java" && /\bsession\(/.test(this.source.text()); }

  /** Which sessions waited while it ran; stays until it runs again, because most waits are over before they are read. */
  saw(sentences) {
    const known = new Set([...this.seen.children].map(one => one.textContent));
    this.seen.append(...sentences.filter(one => !known.has(one)).map(one => make("span", { className: "wait", textContent: one })));
  }

  get busy() { return this.status === "running" || this.status === "queued"; }
  get fresh() { return this.status === "done" && !this.stale; }

  says() {
    if (this.status === "running") return `${this.waits ?? (this.notebook.databaseStarts ? "waits for PostgreSQL" : "runs")} · ${duration(performance.now() - this.since)}`;
    const time = ["done", "failed", "stopped"].includes(this.status) ? " " + duration(this.ms ?? 0) : "";
    return SAYS[this.status] + time;
  }

  summary() {
    const first = this.shown.box.querySelector(".failure, .output");
    return (first?.querySelector("caption, figcaption, .sentence, p")?.textContent ?? first?.textContent ?? "").trim().slice(0, 160);
  }

  output(output) { this.shown.add(output); this.show("yours"); }
  print(print) { this.shown.print(print); this.show("yours"); }
  clear() { this.shown.clear(); }

  focus() {
    this.frame.focus({ preventScroll: true });
    this.reveal();
  }

  /** Scrolls as little as shows it, above what covers the lower end of the window. */
  reveal() {
    const { top, bottom } = this.frame.getBoundingClientRect();
    if (top < 110 || bottom > innerHeight - Math.max(60, covered())) this.frame.scrollIntoView({ block: bottom - top > innerHeight / 2 ? "start" : "center" });
  }

  remove() {
    this.source.close();
    this.frame.remove();
  }
}
