// Says at each cell whether it runs here, and puts a button on those that do. All else is loaded by the first click.
const steps = [...document.querySelectorAll("section.step[data-live]")];
const lesson = document.querySelector("main.lesson").dataset.lesson;
const notebook = "./jbang notebook " + lesson.slice(0, 2);
const WHY = { java: "This cell is Java", shell: "This cell is for a shell", above: "This cell needs what Java in the steps above makes" };
const mine = location.hash.match(/^#sql=(.*)/)?.[1];

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const loaded = () => import("./cells.js");

function bar(step) {
  const below = make("div", { className: "live-bar" });
  if (step.dataset.live === "sql") {
    below.append(make("button", { type: "button", className: "live-run", textContent: "Run here", onclick: () => loaded().then(cells => cells.run(step)) }));
  } else {
    below.append(make("span", {}, WHY[step.dataset.live] + ". To run it: ", make("code", { textContent: notebook })));
  }
  step.querySelector("pre.cell").after(below);
}

/** Below the last step a cell of the reader's own, on the lesson's database. */
function free() {
  const step = make("section", { className: "step live-free", id: "sql_of_your_own" }, make("h2", { textContent: "SQL of your own" }),
    make("div", { className: "question" }, make("p", { textContent: "On the database of this lesson, with what the cells above have made in it." })),
    make("pre", { className: "cell" }, make("code", { textContent: mine ? decodeURIComponent(mine) : "select * from pg_tables where schemaname in ('app', 'lab');" })));
  step.querySelector("code").dataset.lang = step.dataset.live = "sql";
  document.querySelector("main.lesson").append(step);
  steps.push(step);
  if (mine) step.scrollIntoView();
}

if (typeof WebAssembly === "object" && typeof DecompressionStream === "function" && steps.some(step => step.dataset.live === "sql")) {
  free();
  steps.forEach(bar);
}
