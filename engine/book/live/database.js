// PostgreSQL in a worker. What it needs is fetched once, and kept: to stop it, the worker is ended, and another takes its place.
import { unpacked } from "./packed.js";

const at = name => new URL(name, import.meta.url);

export class Database {
  #files;
  #module;
  #told;
  #worker;
  #spare = newWorker();
  #waiting = new Map();
  #next = 0;
  /** Ids of what has run on this database. */
  ran = new Set();

  constructor(told) {
    this.#told = told;
  }

  /** How much the first click fetches, in bytes. */
  get bytes() {
    return this.#told.files.reduce((sum, file) => sum + file.bytes, 0);
  }

  /** @param progress gets the bytes that have come */
  async load(progress) {
    let come = 0;
    const more = bytes => progress(come += bytes);
    const files = await Promise.all(this.#told.files.map(async ({ name }) => [name, await fetched(name, more)]));
    this.#files = Object.fromEntries(files);
    this.#module = await WebAssembly.compile(await (await unpacked(this.#files["pglite/pglite.wasm.gz"])).arrayBuffer());
    await this.open();
  }

  /** A database as the lesson begins with it. */
  async open() {
    this.#worker?.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Stopped());
    this.#waiting.clear();
    this.ran.clear();
    this.#worker = this.#spare;
    this.#spare = newWorker();
    this.#worker.onmessage = ({ data: { id, value, error } }) => {
      const { resolve, reject } = this.#waiting.get(id) ?? {};
      this.#waiting.delete(id);
      if (error) reject?.(new Error(error)); else resolve?.(value);
    };
    await this.#ask("open", { module: this.#module, files: this.#files, data: this.#told.data, extensions: this.#told.extensions });
  }

  /** Runs an item, {source, role, sqlState}. @return {html, state, ms} */
  async run(item) {
    const result = await this.#ask("run", item);
    this.ran.add(item.id);
    return result;
  }

  #ask(what, value) {
    const id = ++this.#next;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, what, value });
    });
  }
}

/** The reader has ended what ran. */
export class Stopped extends Error { }

const newWorker = () => new Worker(at("worker.js"), { type: "module" });

async function fetched(name, more) {
  const response = await fetch(at(name));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const parts = [];
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    more(value.length);
  }
}
