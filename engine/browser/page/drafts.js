// What was typed and has not reached the server yet, kept in the browser. A draft is removed when the server has it.
import { make, meta } from "./dom.js";
import { lesson } from "./server.js";

// Another clone may have had this port before.
const key = id => `course-draft:${meta("course-clone")}:${lesson}:${id}`;

/** @param base the server's text on which this one was written */
export function keep(id, source, base) {
  try { localStorage.setItem(key(id), JSON.stringify({ source, base })); return true; } catch { return false; }
}

export function forget(id) {
  try { localStorage.removeItem(key(id)); } catch { /* then nothing was kept */ }
}

export function draft(id) {
  try { return JSON.parse(localStorage.getItem(key(id))); } catch { return null; }
}

function kept() {
  const prefix = key("");
  try {
    return Object.keys(localStorage).filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length)).map(id => ({ id, ...draft(id) }));
  } catch { return []; }
}

/** Drafts of cells that the server does not know any more. */
export const orphans = known => kept().filter(({ id }) => !id.startsWith("exercise/") && !known.has(id));

/** All drafts of this lesson as a text file, to be taken to wherever the notebook is now. */
export function download() {
  const text = kept().map(({ id, source }) => `=== ${id}\n${source}\n`).join("\n");
  make("a", { download: `typed-${lesson}.txt`, href: "data:text/plain;charset=utf-8," + encodeURIComponent(text) }).click();
}
