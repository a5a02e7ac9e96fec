// The plans of a result have one scale for their bars. They come one by one; the server draws each on its own.

const SHORTEST = 1.5;   // per cent of its column that the bar of any cost takes at least

/** Makes the bars of all plans in this element as long as their costs are to one another. */
export function shareScale(root) {
  for (const measure of ["buffers", "time"]) {
    const bars = [...root.querySelectorAll(`.plan[data-measure="${measure}"] rect[data-own]`)];
    const longest = Math.max(...bars.map(bar => Number(bar.dataset.own)));
    for (const bar of bars) bar.setAttribute("width", Math.max(SHORTEST, 100 * bar.dataset.own / longest).toFixed(2) + "%");
  }
}
