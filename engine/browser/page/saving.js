// Sends one text to the server while it is being typed: after a pause, one request at a time. A text that does not arrive is
// kept as a draft.
import { meta } from "./dom.js";
import { draft, forget, keep } from "./drafts.js";
import { Unreachable, Refused } from "./server.js";

const PAUSE = 500;

/**
 * @param id     what the draft is kept as
 * @param send   (text, rev) → promise of the new rev; fails with Refused 409 {source, rev} when another was faster
 * @param listener {state(word), conflict(mine, theirs, rev)}; words: saved, edited, saving, kept. A conflict lasts until "saved"
 */
export function saving(id, send, listener) {
  let text, base, rev, run;   // base: the server's text that this one was typed upon; rev: its revision in that run of the server
  let dirty = false;          // the server does not have it yet
  let other = null;           // the server's text, if the person has to choose between it and this one
  let timer, running = null, closed = false;

  function upon(source, revision) {
    [base, rev, run] = [source, revision, meta("course-run")];
  }
  function clean() {
    clearTimeout(timer);
    [dirty, other] = [false, null];
    forget(id);
    listener.state("saved");
  }
  /** The server has this text, and another one was typed here. A choice is needed only where both were changed. */
  function meet(theirs, revision) {
    if (theirs === text) {
      upon(theirs, revision);
      clean();
    } else if (theirs === base) {
      upon(theirs, revision);
      other = null;
      later();
    } else {
      other = theirs;
      listener.state("kept");
      listener.conflict(text, theirs, revision);
    }
  }
  async function sendNow() {
    clearTimeout(timer);
    if (closed || !dirty || other !== null) return;
    const sent = text;
    listener.state("saving");
    try {
      upon(sent, await send(sent, rev));
      if (text === sent && other === null) clean();
      else keep(id, text, base);
    } catch (failed) {
      refused(failed);
    }
  }
  function refused(failed) {
    if (failed instanceof Refused && failed.status === 409) return meet(failed.answer.source, failed.answer.rev ?? failed.answer.hash);
    listener.state("kept");
    if (!(failed instanceof Unreachable)) throw failed;
  }
  /** Everything typed so far; a second call waits for the first. */
  const flush = () => running = (running ?? Promise.resolve()).catch(() => {}).then(sendNow);
  const later = () => flush().catch(() => {});

  return {
    flush,
    /** Nothing more is sent. A draft stays: where it was removed elsewhere, it is offered. */
    close() {
      clearTimeout(timer);
      closed = true;
    },
    dirty: () => dirty,
    typed(now) {
      text = now;
      dirty = true;
      keep(id, text, base);
      listener.state(other === null ? "edited" : "kept");
      clearTimeout(timer);
      if (other === null) timer = setTimeout(later, PAUSE);
    },
    /** What the server has. Returns the text to show: what was typed and is not there yet, which then goes on its way. */
    received(source, revision) {
      if (typeof revision === "number" && revision < rev && run === meta("course-run")) return text;   // an event that an answer has overtaken
      const left = rev === undefined && !dirty ? draft(id) : null;       // typed before the page was loaded anew
      if (left) [text, base, dirty] = [left.source, left.base, true];
      if (dirty) meet(source, revision);
      else {
        text = source;
        upon(source, revision);
        clean();
      }
      return text;
    },
    /** What was typed is thrown away, because the person said so. */
    forget(source, revision) {
      text = source;
      upon(source, revision);
      clean();
    },
    /** The person has chosen between two texts. */
    settle(chosen, revision) {
      upon(other, revision);
      [text, dirty, other] = [chosen, true, null];
      return flush();
    },
  };
}
