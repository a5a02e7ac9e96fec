// A lesson's page, as a test speaks of it.
import assert from "node:assert/strict";

export class Lesson {
  constructor(page, notebook) {
    this.page = page;
    this.notebook = notebook;
  }

  async open(name) {
    this.name = name;
    await this.page.goto(this.notebook.page(name + ".html"));
    await this.page.locator(".live").first().waitFor({ timeout: 120_000 });
    return this;
  }

  /** Looked at from now on: Firefox shows one window's page at a time, and a page that nobody looks at keeps no connection. */
  front = () => this.page.bringToFront();

  /** A server and a database that are ready, and nothing of what an earlier test left. */
  async fresh() {
    await this.ready();
    await this.page.evaluate(async lesson => {
      const token = document.querySelector("meta[name=course-token]").content;
      const post = (command, body) => fetch(`/api/${lesson}/${command}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-Course-Token": token } });
      await post("stop", {});
      for (const cell of document.querySelectorAll(".live.scratch")) await post("remove", { id: cell.dataset.cell });
    }, this.name);
    await this.page.waitForFunction(() => !document.querySelector(".live.scratch"));
    if (await this.page.locator(".live:not([data-status=idle])").count()) {
      await this.button("Reset").click();
      await this.page.locator("dialog[open] .primary").click();
      await this.page.waitForFunction(() => !document.querySelector(".live:not([data-status=idle])"), null, { timeout: 60_000 });
      await this.ready();
    }
    return this;
  }

  ready = () => this.page.waitForFunction(() => document.querySelectorAll(".light[data-status=ready]").length === 2, null, { timeout: 120_000 });
  button = name => this.page.locator(".bar").getByRole("button", { name, exact: true });
  cell = id => this.page.locator(`[id="cell_${id}"]`);
  editor = id => this.cell(id).locator(".cm-content");
  status = async id => (await this.cell(id).getAttribute("data-status"));
  ids = () => this.page.locator(".live").evaluateAll(all => all.map(one => one.dataset.cell));
  steps = () => this.page.locator("section.step > .live").evaluateAll(all => all.filter(one => !one.matches(".scratch")).map(one => one.dataset.cell));
  result = id => this.page.locator(`section.step[id="${id}"] > .yours, [id="cell_${id}"] > .yours`);

  /** @param after the number of the run before, where the cell may still have its status */
  async ended(id, status = "done", { after = 0, timeout = 60_000 } = {}) {
    await this.page.waitForFunction(([at, before]) => {
      const { status, count } = document.getElementById("cell_" + at)?.dataset ?? {};
      return Number(count) > before && !["idle", "queued", "running"].includes(status);
    }, [id, after], { timeout });
    const now = await this.status(id);
    if (now !== status) assert.fail(`cell ${id} is ${now}, not ${status}: ${(await this.result(id).innerText().catch(() => "")).slice(0, 600)}`);
  }
  async runs(id, status = "done", begin = () => this.cell(id).locator(".run").click()) {
    const after = Number(await this.cell(id).getAttribute("data-count"));
    await begin();
    await this.ended(id, status, { after });
  }
  /** Replaces the text of a cell as hands do it. */
  async types(id, text) {
    await this.near(id);
    await this.editor(id).click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete");   // else Chromium carries the style of what was there over, as it does for no hand
    await this.page.keyboard.insertText(text);
  }
  /** Editors are made when they come near the window. */
  async near(id) {
    await this.cell(id).scrollIntoViewIfNeeded();
    await this.editor(id).waitFor();
  }
  /** The whole of it: an editor draws only the lines that are near the window. */
  text = async id => {
    await this.near(id);
    await this.cell(id).evaluate(frame => frame.scrollIntoView({ block: "center" }));
    await this.page.waitForFunction(at => !document.querySelector(`[id="cell_${at}"] .cm-gap`), id);
    return (await this.cell(id).locator(".cm-line").allTextContents()).join("\n");
  };
  /** A key twice, the second without a wait for what the first does: together they count only within a second, on a busy machine too. */
  twice = key => Promise.all([this.page.keyboard.press(key), this.page.keyboard.press(key)]);
  /** Adds a cell of one's own below another; answers its id. */
  async adds(after, language, text, session) {
    const before = new Set(await this.ids());
    await this.cell(after).focus();
    await this.page.keyboard.press("b");
    await this.page.waitForFunction(count => document.querySelectorAll(".live").length > count, before.size);
    const id = (await this.ids()).find(one => !before.has(one));
    await this.editor(id).waitFor();
    if (language) await this.cell(id).locator("select[aria-label=language]").selectOption(language);
    if (session) await this.cell(id).locator("select[aria-label=session]").selectOption(session);
    if (text) await this.types(id, text);
    return id;
  }
  saved = id => this.page.waitForFunction(at => document.querySelector(`[id="cell_${at}"] .source`).dataset.saved === "saved", id);
  /** What a shell cell prints is one text in a recording. */
  shapes = async id => {
    const shown = await this.result(id).locator(".shown").evaluateAll(all => all.map(one => one.dataset.shape));
    return shown.length === 0 && await this.isShell(id) && await this.result(id).locator(".print").count() ? ["text"] : shown;
  };
  isShell = id => this.cell(id).evaluate(frame => frame.getAttribute("aria-label").startsWith("Cell, Shell"));
}
