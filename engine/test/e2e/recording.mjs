// What a lesson showed when it was recorded, as shapes: the kind and its columns or labels, never the figures (kernel.output.Output.shape).
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const lessonsFolder = path.join(process.env.COURSE, "lessons");

const list = words => `[${words.join(", ")}]`;
const SHAPES = {
  text: () => "text", skipped: () => "skipped",
  table: output => "table" + list(output.columns.map(column => column.name)),
  plan: output => `plan[${output.root.type}]`,
  comparison: output => "comparison" + list(output.bars.map(bar => bar.label)),
  chart: output => "chart" + list(output.categories) + list(output.series.map(series => series.name)),
  failure: output => `failure[${output.sqlState || output.kind}]`,
  lanes: output => "lanes" + list(output.lanes.map(lane => lane.session)),
  log: output => `log[${output.source}]`,
  claim: output => `claim[${output.claim}]`,
};

/** Shapes by step. Claims are left out: some prove a thing outside of the region, where the page has no code. */
export function recorded(lesson) {
  const number = lesson.slice(0, 2);
  const { steps } = JSON.parse(fs.readFileSync(path.join(lessonsFolder, lesson, `lesson${number}.out`), "utf8"));
  return new Map(steps.map(step => [step.id, step.outputs.map(output => SHAPES[output.type](output)).filter(shape => !shape.startsWith("claim["))]));
}

export const lessons = fs.readdirSync(lessonsFolder).filter(name => fs.existsSync(path.join(lessonsFolder, name, `lesson${name.slice(0, 2)}.out`))).sort();

/** So many of the lessons; others, when any lesson or its recording changes. */
export function few(number) {
  const text = name => ["adoc", "java", "out"].map(end => fs.readFileSync(path.join(lessonsFolder, name, `lesson${name.slice(0, 2)}.${end}`), "utf8")).join();
  const state = lessons.map(text).join();
  const sum = name => crypto.createHash("sha256").update(name + state).digest("hex");
  return [...lessons].sort((one, other) => sum(one) < sum(other) ? -1 : 1).slice(0, number).sort();
}
