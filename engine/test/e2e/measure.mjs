// node measure.mjs [RUNS]: how long it takes from a click on Run until the result is painted, in Chromium; no test.
// Prints a line for each cell, the median first. Needs COURSE, DB and CHROMIUM, as run.sh sets them; what it writes into
// the notebook it takes out again.
import { close, open } from "./browser.mjs";
import { start } from "./notebook.mjs";
import { lessons } from "./recording.mjs";

const runs = Number(process.argv[2] ?? 20);
const cells = [
  ["Java cell: a variable", "java", "int answer = 6 * 7;\nanswer"],
  ["Java cell: a record and a stream", "java", "record Point(int x, String name) { }\nvar points = List.of(new Point(1, \"a\"), new Point(2, \"b\"));\npoints.stream().mapToInt(Point::x).sum()"],
  ["SQL cell: 20 rows", "sql", "select relname, relkind, relpages from pg_class order by relname limit 20"],
];

const notebook = await start();
try {
  const window = await open(notebook, {});
  const lesson = await window.lesson(lessons[0]);
  await lesson.ready();
  for (const [name, language, text] of cells) {
    const id = await lesson.page.evaluate(add, [lesson.name, language, text]);
    await lesson.cell(id).waitFor();
    await lesson.near(id);
    const times = [];
    for (let i = -3; i < runs; i++) {
      const ms = await lesson.page.evaluate(clickToPaint, id);
      if (i >= 0) times.push(ms);
      await lesson.page.waitForTimeout(200);
    }
    await lesson.page.evaluate(remove, [lesson.name, id]);
    times.sort((a, b) => a - b);
    const seconds = ms => (ms / 1000).toFixed(3);
    console.log(`${("click → painted, " + name).padEnd(58)} ${seconds(times[runs >> 1]).padStart(8)} s  (${seconds(times[0])}–${seconds(times.at(-1))})`);
  }
} finally {
  await close();
  await notebook.stop();
}

async function add([lesson, language, source]) {
  const token = document.querySelector("meta[name=course-token]").content;
  const answer = await fetch(`/api/${lesson}/scratch`, { method: "POST", body: JSON.stringify({ after: "", language, source }), headers: { "Content-Type": "application/json", "X-Course-Token": token } });
  return (await answer.json()).cell.id;
}

async function remove([lesson, id]) {
  const token = document.querySelector("meta[name=course-token]").content;
  await fetch(`/api/${lesson}/remove`, { method: "POST", body: JSON.stringify({ id }), headers: { "Content-Type": "application/json", "X-Course-Token": token } });
}

/** Until the frame is painted that shows the cell as done, with what it has shown: a message sent before it is painted comes after. */
function clickToPaint(id) {
  const cell = document.getElementById("cell_" + id);
  return new Promise((done, failed) => {
    let clicked, ran = false;
    const late = setTimeout(() => failed(new Error(`cell ${id} is ${cell.dataset.status} after 60 s`)), 60_000);
    const watch = new MutationObserver(() => {
      if (["queued", "running"].includes(cell.dataset.status)) ran = true;
      if (cell.dataset.status !== "done" || !ran) return;
      watch.disconnect();
      clearTimeout(late);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now() - clicked);
        port2.postMessage(null);
      });
    });
    watch.observe(cell, { attributes: true, attributeFilter: ["data-status"] });
    clicked = performance.now();
    cell.querySelector(".run").click();
  });
}
