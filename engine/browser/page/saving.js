// Sends one text to the server while it is being typed: after a pause, one request at a time. A text that does not arrive is
// kept as a draft.
import { draft, forget, keep } from "./drafts.js";
import { Unreachable, Refused } from "./server.js";

const PAUSE = 500;

/**
 * @param id     what the draft is kept as
 * @param send   (text, rev) → promise of the new rev; fails with Refused 409 {source, rev} when another was faster
 * @param listener {state(word), conflict(mine, theirs, rev)}; words: saved, edited, saving, kept. A conflict lasts until "saved"
 */
export function saving(id, send, listener) {
  let text, rev;            // rev: the server's text that this one was typed upon; a conflict leaves it as it is
  let dirty = false;        // the server does not have it yet
  let conflicted = false;   // the server has another one, and the person has to choose
  let timer, running = null;

  function clean() {
    clearTimeout(timer);
    dirty = conflicted = false;
    forget(id);
    listener.state("saved");
  }
  function openConflict(theirs, revision) {
    conflicted = true;
    listener.state("kept");
    listener.conflict(text, theirs, revision);
  }
  async function run() {
    clearTimeout(timer);
    if (!dirty || conflicted) return;
    const sent = text;
    listener.state("saving");
    try {
      rev = await send(sent, rev);
      if (text === sent && !conflicted) clean();
      else keep(id, text, rev);
    } catch (failed) {
      refused(failed);
    }
  }
  function refused(failed) {
    if (!(failed instanceof Refused && failed.status === 409)) {
      listener.state("kept");
      if (!(failed instanceof Unreachable)) throw failed;
      return;
    }
    const theirs = failed.answer.source, now = failed.answer.rev ?? failed.answer.hash;
    if (theirs !== text) return openConflict(theirs, now);
    rev = now;   // chosen while the answer was on its way
    clean();
  }
  /** Everything typed so far; a second call waits for the first. */
  const flush = () => running = (running ?? Promise.resolve()).catch(() => {}).then(run);
  const later = () => flush().catch(() => {});

  return {
    flush,
    dirty: () => dirty,
    typed(now) {
      text = now;
      dirty = true;
      keep(id, text, rev);
      listener.state(conflicted ? "kept" : "edited");
      clearTimeout(timer);
      if (!conflicted) timer = setTimeout(later, PAUSE);
    },
    /** What the server has. Returns the text to show: what was typed and is not there yet, which then goes on its way. */
    received(source, revision) {
      if (typeof revision === "number" && revision < rev) return text;   // an event that an answer has overtaken
      const left = rev === undefined && !dirty ? draft(id) : null;       // typed before the page was loaded anew
      if (left) [text, rev, dirty] = [left.source, left.rev, true];
      if (!dirty || source === text) {
        [text, rev] = [source, revision];
        clean();
      } else if (revision === rev) {
        conflicted = false;
        later();
      } else openConflict(source, revision);
      return text;
    },
    /** What was typed is thrown away, because the person said so. */
    forget(source, revision) {
      [text, rev] = [source, revision];
      clean();
    },
    /** The person has chosen between two texts. */
    settle(chosen, revision) {
      [text, rev, dirty, conflicted] = [chosen, revision, true, false];
      return flush();
    },
  };
}
