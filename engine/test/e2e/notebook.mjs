// A real notebook: ./jbang notebook in the copy of the clone.
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";

const root = process.env.COURSE;

export async function start() {
  const port = await free();
  const notebook = { root, port, url: "", log: "", file: (...parts) => path.join(root, ...parts) };
  let child;
  notebook.run = async () => {
    child = spawn(path.join(root, "jbang"), ["notebook", "--no-open", "--port", String(port), "--db", process.env.DB], { cwd: root, stdio: ["ignore", "pipe", "pipe"], detached: true });
    notebook.log = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", text => { notebook.log += text; });
    for (let tries = 0; tries < 3000 && child.exitCode === null; tries++) {
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S*token=\S+/.exec(notebook.log);
      if (found) { notebook.url = found[0]; return; }
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
  /** Where a test has ended it. */
  notebook.ensure = async () => { if (child.exitCode !== null || child.signalCode) await notebook.run(); };
  /** The address of a page, with the token that opens it. */
  notebook.page = name => { const url = new URL(notebook.url); url.pathname = "/" + name; return url.href; };
  await notebook.run();
  return notebook;
}

function free() {
  return new Promise(done => {
    const server = net.createServer().listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => done(port)); });
  });
}
