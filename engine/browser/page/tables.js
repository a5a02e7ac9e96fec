// Columns of a result that sort at a click: rising, falling, and as the server gave them.

const ORDER = ["none", "ascending", "descending"];
const collator = new Intl.Collator("en", { numeric: true });

export function sortable(root) {
  for (const table of root.querySelectorAll(".output.rows table")) {
    const heads = table.tHead?.rows[0]?.cells ?? [];
    if (table.tBodies[0]?.rows.length > 1) [...heads].forEach((head, column) => makeSortable(table, head, column));
  }
}

function makeSortable(table, head, column) {
  if (head.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.title = "Sort the rows shown by this column";
  button.append(...head.childNodes);
  head.append(button);
  head.setAttribute("aria-sort", "none");
  button.onclick = () => {
    const next = ORDER[(ORDER.indexOf(head.getAttribute("aria-sort")) + 1) % ORDER.length];
    for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", next);
    sort(table.tBodies[0], column, next);
  };
}

function sort(body, column, order) {
  const rows = [...body.rows];
  rows.forEach((row, i) => { row.dataset.given ??= i; });
  rows.sort((one, other) => order === "none" ? one.dataset.given - other.dataset.given
    : compare(one.cells[column], other.cells[column], order === "ascending" ? 1 : -1));
  body.append(...rows);
}

/** As PostgreSQL sorts: NULL is larger than everything. */
function compare(one, other, sign) {
  const nulls = isNull(one) - isNull(other);
  if (nulls) return nulls * sign;
  const [a, b] = [one, other].map(cell => cell.textContent.trim());
  const [x, y] = [a, b].map(number);
  return sign * (Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y);
}

const isNull = cell => cell.querySelector(":scope > .null") ? 1 : 0;
const number = text => /^[-+]?[\d\s.,]*\d(e[-+]?\d+)?$/i.test(text) ? Number(text.replace(/[\s,]/g, "")) : NaN;
