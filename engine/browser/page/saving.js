// Brings one text to the server while it is being typed: after a pause, one request at a time, never lost on the way.
import { draft, forget, keep } from "./drafts.js";
import { Gone, Refused } from "./server.js";

const PAUSE = 500;

/**
 * @param id     what the draft is kept as
 * @param send   (text, rev) → promise of the new rev; fails with Refused 409 {source, rev} when another was faster
 * @param tells  {state(word), conflict(mine, theirs, rev)}; words: saved, edited, saving, kept
 */
export function saving(id, send, tells) {
  let text, rev, dirty = false, timer, running = null, torn = false;

  async function run() {
    clearTimeout(timer);
    if (!dirty || torn) return;
    const sent = text;
    tells.state("saving");
    try {
      rev = await send(sent, rev);
      if (text === sent) { dirty = false; forget(id); tells.state("saved"); }
      else keep(id, text, rev);
    } catch (failed) {
      const isTorn = failed instanceof Refused && failed.status === 409, now = failed.answer?.rev ?? failed.answer?.hash;
      if (isTorn && failed.answer.source === text) {   // chosen while the answer was on its way
        [rev, dirty, torn] = [now, false, false];
        forget(id);
        tells.state("saved");
        return;
      }
      tells.state("kept");
      if (isTorn) {
        torn = true;
        tells.conflict(text, failed.answer.source, now);
      } else if (!(failed instanceof Gone)) throw failed;
    }
  }
  /** Everything typed so far; a second call waits for the first. */
  const flush = () => running = (running ?? Promise.resolve()).catch(() => {}).then(run);

  return {
    flush,
    dirty: () => dirty,
    typed(now) {
      text = now;
      dirty = true;
      keep(id, text, rev);
      tells.state(torn ? "kept" : "edited");
      clearTimeout(timer);
      if (!torn) timer = setTimeout(() => flush().catch(() => {}), PAUSE);
    },
    /** What the server has. Returns the text to show: the draft where there is one, which then goes on its way. */
    base(source, revision) {
      if (dirty && !torn && revision === rev) { flush().catch(() => {}); return text; }
      const mine = dirty ? { source: text, rev } : draft(id);
      rev = revision;
      if (!mine || mine.source === source) { dirty = torn = false; text = source; forget(id); tells.state("saved"); return source; }
      text = mine.source;
      dirty = true;
      if (mine.rev === revision) { torn = false; flush().catch(() => {}); }
      else { torn = true; tells.state("kept"); tells.conflict(text, source, revision); }
      return text;
    },
    /** What was typed is thrown away, because the person said so. */
    forget(source, revision) {
      clearTimeout(timer);
      [text, rev, dirty, torn] = [source, revision, false, false];
      forget(id);
      tells.state("saved");
    },
    /** The person has chosen between two texts. */
    settle(chosen, revision) {
      torn = false;
      rev = revision;
      text = chosen;
      dirty = true;
      return flush();
    },
  };
}
