// What was typed and has not reached the server yet, kept in the browser. A draft is removed when the server has it.
import { lesson } from "./server.js";

const key = id => `course-draft:${lesson}:${id}`;

/** @param rev the revision of the server's text on which this one was written */
export function keep(id, source, rev) {
  try { localStorage.setItem(key(id), JSON.stringify({ source, rev })); return true; } catch { return false; }
}

export function forget(id) {
  try { localStorage.removeItem(key(id)); } catch { /* then nothing was kept */ }
}

export function draft(id) {
  try { return JSON.parse(localStorage.getItem(key(id))); } catch { return null; }
}

/** Drafts of cells that the server does not know any more. */
export function orphans(known) {
  const prefix = key("");
  try {
    return Object.keys(localStorage).filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length))
      .filter(id => !id.startsWith("exercise/") && !known.has(id)).map(id => ({ id, ...draft(id) }));
  } catch { return []; }
}
