import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lessons } from "../recording.mjs";

// Debian's python3-nbformat has the published JSON schema, and is what Jupyter itself reads notebooks with.
const VALIDATE = "import sys, nbformat; book = nbformat.read(sys.stdin, as_version=nbformat.NO_CONVERT); nbformat.validate(book); print(book.nbformat, book.nbformat_minor, len(book.cells))";
const valid = text => execFileSync("/usr/bin/python3", ["-c", VALIDATE], { input: text, encoding: "utf8" }).trim().split(" ").map(Number);
const taken = (window, lesson) => window.page.evaluate(async name => (await fetch(`/api/${name}/export?as=ipynb`)).text(), lesson);

test("what is exported to Jupyter is what nbformat accepts: every lesson as it is, and one that was worked in", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  for (const name of lessons) {
    const [major, minor, cells] = valid(await taken(window, name));
    assert.deepEqual([major, minor], [4, 5], name);
    assert.ok(cells > 5, `${name} has ${cells} cells`);
  }
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select 1/0");
  await lesson.runs(mine, "failed");
  const prints = await lesson.adds(mine, "java", "System.out.println(\"printed\"); System.err.println(\"wrong\"); show(List.of(1, 2));");
  await lesson.runs(prints);
  const empty = await lesson.adds(prints, "shell");
  await lesson.saved(prints);
  const text = await taken(window, "05-indexing");
  valid(text);
  const cells = JSON.parse(text).cells;
  assert.match(JSON.stringify(cells.find(cell => cell.id === mine).outputs), /22012/);
  assert.deepEqual(cells.find(cell => cell.id === prints).outputs.map(output => output.name ?? output.output_type), ["stdout", "stderr", "display_data"]);
  assert.ok(cells.some(cell => cell.id === empty));
}, { seconds: 240 });
