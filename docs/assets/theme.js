// Runs before the page is drawn, so that a reader's choice of light or dark never flashes.
const chosen = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
if (chosen) document.documentElement.dataset.theme = chosen;
