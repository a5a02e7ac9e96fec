// The editor is more than half of what a page weighs, and comes when the page is there already.

const MOST = 5, PAUSE = 400;   // ms

/** The editor's module. What the browser gave up is asked for under another name: the failure itself would be remembered. */
export const editor = (async () => {
  for (let tries = 0; ; tries++) {
    try {
      return await import("./editor.js" + (tries ? "?again=" + tries : ""));
    } catch (failed) {
      if (tries === MOST) throw failed;
      await new Promise(done => setTimeout(done, PAUSE * 2 ** tries));
    }
  }
})();
