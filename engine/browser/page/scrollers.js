// What scrolls sideways can be scrolled by keys: it takes the focus, but only while there is something to scroll.

// Exercises stand below the lesson, outside of main.
const SCROLLS = ".content .scroll, .content pre > code, .content pre > samp";
let asked = false;

function mark() {
  asked = false;
  const widths = [...document.querySelectorAll(SCROLLS)].map(one => [one, one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1]);
  for (const [one, scrolls] of widths) {
    if (scrolls) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
}

/** Looks again when the browser has time; asked often, it looks once. */
export function scrollersChanged() {
  if (asked) return;
  asked = true;
  (window.requestIdleCallback ?? setTimeout)(mark, { timeout: 500 });
}

addEventListener("resize", scrollersChanged);
document.addEventListener("toggle", scrollersChanged, true);
scrollersChanged();
