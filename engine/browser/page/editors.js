// Loads the editor when the page is there already: it is more than half of what a page weighs.

const MAX_TRIES = 5, PAUSE = 400;   // ms

/** The editor's module. After a failure it is asked for under another name, because a browser remembers that a module failed. */
export const editor = (async () => {
  for (let tries = 0; ; tries++) {
    try {
      return await import("./editor.js" + (tries ? "?again=" + tries : ""));
    } catch (failed) {
      if (tries === MAX_TRIES) throw failed;
      await new Promise(done => setTimeout(done, PAUSE * 2 ** tries));
    }
  }
})();
