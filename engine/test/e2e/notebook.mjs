// A real notebook: ./jbang notebook in the copy of the clone.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const root = process.env.COURSE;

export async function start() {
  const notebook = { root, port: 0, url: "", log: "", file: (...parts) => path.join(root, ...parts) };
  let child;
  /** At the port of the last time, as for a learner. @param words more for the command: a lesson, --port */
  notebook.run = async (...words) => {
    child = spawn(path.join(root, "jbang"), ["notebook", ...words, "--no-open", "--db", process.env.DB], { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true });
    notebook.log = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", text => { notebook.log += text; });
    for (let tries = 0; tries < 3000 && child.exitCode === null; tries++) {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*token=\S+/.exec(notebook.log);
      if (found) {
        notebook.url = found[0];
        notebook.port = Number(new URL(notebook.url).port);
        return;
      }
      await new Promise(done => setTimeout(done, 100));
    }
    throw new Error("the notebook did not start:\n" + notebook.log);
  };
  notebook.stop = async (signal = "SIGINT") => {
    if (child.exitCode !== null || child.signalCode) return;
    process.kill(-child.pid, signal);
    const ended = once(child, "exit");
    const forced = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 20_000);
    await ended;
    clearTimeout(forced);
  };
  /** After a failure: what it said, and what its threads do. Where it answers nobody any more, the next test has another one. */
  notebook.examine = async () => {
    if (child.exitCode !== null || child.signalCode) return `the notebook has ended and said:\n${notebook.log}`;
    const answer = await fetch(notebook.page("index.html"), { signal: AbortSignal.timeout(20_000) }).catch(trouble => trouble);
    const found = `the notebook ${answer.status ? "answers" : `does not answer (${answer})`} and has said:\n${notebook.log}\n${threads(child.pid)}`;
    if (!answer.status) await notebook.stop("SIGKILL");
    return found;
  };
  /** As for a learner who has just cloned the course. */
  notebook.forget = () => fs.rmSync(path.join(root, ".course"), { recursive: true, force: true });
  /** Where a test has ended it. */
  notebook.ensure = async () => { if (child.exitCode !== null || child.signalCode) await notebook.run(); };
  /** The address of a page, with the token that opens it. */
  notebook.page = name => { const url = new URL(notebook.url); url.pathname = "/" + name; return url.href; };
  await notebook.run();
  return notebook;
}

/** The threads of a JVM that say something: virtual ones, those that carry them, and the one that takes requests. */
function threads(pid) {
  const file = path.join(os.tmpdir(), `course-threads-${pid}.txt`);
  try {
    const jcmd = path.join(path.dirname(fs.realpathSync(`/proc/${pid}/exe`)), "jcmd");
    const ask = (...words) => execFileSync(jcmd, [String(pid), ...words], { encoding: "utf8", timeout: 30_000 });
    const scheduler = ask("Thread.vthread_scheduler");
    ask("Thread.dump_to_file", "-overwrite", file);
    const all = fs.readFileSync(file, "utf8").split(/\n\n/).filter(one => /^#\d+ .*(virtual|ForkJoinPool|HTTP)/.test(one.trim()));
    return scheduler + all.map(one => one.trim().split("\n").slice(0, 16).join("\n")).join("\n");
  } catch (trouble) {
    return `its threads cannot be seen: ${trouble}`;
  } finally {
    fs.rmSync(file, { force: true });
  }
}
