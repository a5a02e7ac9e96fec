// A browser gives up what it loads when a network of the machine comes or goes, as Docker's do with each container. A page
// that lacks a part of itself is loaded anew: nobody has typed in it yet. This stands in the page itself, and is no module,
// because a module that lacks another one runs none of its lines.
{
  const MOST = 4, PAUSE = 400, LATELY = 60_000;   // ms
  const before = JSON.parse(sessionStorage.getItem("course-loaded-anew") ?? "[]").filter(at => Date.now() - at < LATELY);
  let whole = true;

  addEventListener("error", event => {
    if (!whole || !event.target.matches?.("script, link[rel=stylesheet]")) return;
    whole = false;
    if (before.length >= MOST) return say();
    sessionStorage.setItem("course-loaded-anew", JSON.stringify([...before, Date.now()]));
    setTimeout(() => location.reload(), PAUSE);
  }, true);

  const say = () => {
    if (!document.body) return addEventListener("DOMContentLoaded", say);
    const shelf = Object.assign(document.createElement("div"), { className: "notices" });
    const notice = Object.assign(document.createElement("p"), { className: "notice error", role: "alert",
      textContent: "A part of this page did not come from the notebook, so nothing can be run in it. Load it again, or look whether ./jbang notebook still runs." });
    shelf.append(notice);
    document.body.append(shelf);
  };
}
