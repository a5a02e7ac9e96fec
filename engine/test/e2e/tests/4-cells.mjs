import assert from "node:assert/strict";

const SORTED = "select * from (values (2, 'b'), (10, 'a'), (null, '')) v (n, word)";

test("a table sorts by its columns, rising, falling and back", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", SORTED);
  await lesson.runs(mine);
  const column = async () => (await lesson.result(mine).locator("tbody td:first-child").allInnerTexts()).map(text => text.trim());
  const head = lesson.result(mine).locator("th").first();
  await head.getByRole("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await column(), ["2", "10", "NULL"]);
  await head.getByRole("button").click();
  assert.deepEqual(await column(), ["NULL", "10", "2"]);
  await head.getByRole("button").click();
  assert.deepEqual(await column(), ["2", "10", "NULL"]);
  assert.match(await lesson.result(mine).locator("tbody tr").nth(2).innerText(), /''/);
});

test("the plans of a cell have one scale, and the names that their author gave them", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "explain (analyze, buffers) select count(*) from app.posts; -- all of them\n"
    + "explain (analyze, buffers) select * from app.users where id = '01856aa1-f0d1-756d-a59b-9a4556283bc0';");
  await lesson.runs(mine);
  const result = lesson.result(mine);
  const widths = await result.locator("svg.cost rect").evaluateAll(bars => bars.map(bar => parseFloat(bar.getAttribute("width"))));
  assert.equal(Math.max(...widths), 100);
  assert.equal(widths.at(-1), 1.5);
  assert.match(await result.locator("figcaption").first().innerText(), /^all of them · /);
  await window.shot("plans");
});

test("a long result has more rows to fetch", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select n from generate_series(1, 450) n");
  await lesson.runs(mine);
  const rows = () => lesson.result(mine).locator("tbody tr").count();
  const before = await rows();
  assert.ok(before < 450, `${before} rows at first`);
  await lesson.result(mine).getByRole("button", { name: "More rows" }).click();
  await window.page.waitForFunction(([at, count]) => document.querySelectorAll(`[id="cell_${at}"] tbody tr`).length > count, [mine, before]);
});

test("an error says its SQLSTATE, and the line where it happened is marked", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "sql", "select 1;\nselect 1 / 0;");
  await lesson.runs(mine, "failed");
  assert.match(await lesson.result(mine).innerText(), /22012/);
  assert.match(await lesson.cell(mine).locator(".failed-line").innerText(), /1 \/ 0/);
  await window.shot("failure");
});

test("Java sees what SQL wrote, prints come in order, and a result beside the recorded one can be switched", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "java", "System.out.println(\"one\");\nSystem.out.println(value(Integer.class, \"select 41 + 1\"));");
  await lesson.runs(mine);
  assert.match(await lesson.result(mine).innerText(), /one\s+42/);
  await lesson.runs(first);
  const switches = window.page.locator(`section[id="${first}"] > .which`);
  await switches.getByRole("button", { name: "Recorded" }).click();
  assert.ok(await window.page.locator(`section[id="${first}"] > .result[data-recorded]`).isVisible());
  await switches.getByRole("button", { name: "Your result" }).click();
  assert.ok(!await window.page.locator(`section[id="${first}"] > .result[data-recorded]`).isVisible());
  await window.shot("result-light");
});

test("an edited cell is restored by a button, and the edit comes back by another", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const written = await lesson.text(first);
  await lesson.types(first, "show(\"mine\");");
  await lesson.saved(first);
  await lesson.cell(first).getByRole("button", { name: "Restore" }).click();
  assert.equal(await lesson.text(first), written);
  await window.page.getByRole("button", { name: "Undo" }).click();
  assert.equal(await lesson.text(first), "show(\"mine\");");
  await lesson.cell(first).getByRole("button", { name: "Restore" }).click();
  await lesson.saved(first);
});

test("what a changed cell feeds is marked stale, and nothing runs for it", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const a = await lesson.adds(first, "java", "var seven = 7;");
  const b = await lesson.adds(a, "java", "System.out.println(seven * 6);");
  await lesson.runs(a);
  await lesson.runs(b);
  await lesson.types(a, "var seven = 8;");
  await window.page.locator(`[id="cell_${b}"].stale`).waitFor();
  assert.match(await lesson.cell(b).locator(".why").innerText(), /stale: /);
  assert.match(await lesson.result(b).innerText(), /42/);
  await window.shot("stale");
});

for (const [what, language, text] of [["a loop", "java", "while (true) { }"], ["a sleep", "java", "Thread.sleep(60_000);"],
  ["a query of Java", "java", "query(\"select pg_sleep(60)\");"], ["a query", "sql", "select pg_sleep(60)"]]) {
  test(`stop ends ${what}, and the page goes on`, async window => {
    const lesson = await (await window.lesson("05-indexing")).fresh();
    const [first] = await lesson.steps();
    const mine = await lesson.adds(first, language, text);
    await lesson.cell(mine).locator(".run").click();
    await window.page.locator(`[id="cell_${mine}"][data-status=running]`).waitFor();
    await window.page.waitForTimeout(700);
    assert.match(await lesson.cell(mine).locator(".status-text").innerText(), /runs/);
    await lesson.button("Stop").click();
    await lesson.ended(mine, "stopped", { timeout: 10_000 });
    const next = await lesson.adds(mine, "java", "System.out.println(\"alive\");");
    await lesson.runs(next);
    assert.match(await lesson.result(next).innerText(), /alive/);
  });
}

test("SQL in a text block of Java has the colours of SQL, and another text block has none", async window => {
  const lesson = await (await window.lesson("05-indexing")).fresh();
  const [first] = await lesson.steps();
  const mine = await lesson.adds(first, "java", 'var rows = """\n    select 1 as one -- remark\n    """;\nvar other = """\n    {"select": 1}\n    """;');
  const colours = await lesson.cell(mine).locator(".cm-content").evaluate(content => {
    const named = {};
    for (const name of ["keyword", "string", "comment"]) {
      const probe = document.createElement("i");
      probe.style.setProperty("color", `var(--${name})`);
      document.body.append(probe);
      named[getComputedStyle(probe).color] = name;
      probe.remove();
    }
    return [...content.querySelectorAll(".cm-line span")].map(span => `${named[getComputedStyle(span).color]}: ${span.textContent.trim()}`);
  });
  for (const expected of ["keyword: select", "keyword: as", "comment: -- remark", 'string: {"select": 1}']) assert.ok(colours.includes(expected), expected + " in " + colours.join(", "));
});
