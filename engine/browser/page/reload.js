// Loads the page anew when a part of it did not arrive: a browser gives up what it loads when a network of the machine comes or
// goes, as Docker's do with each container. Nobody has typed in the page yet. This is written into the page itself, and is no
// module: a module runs none of its lines when one that it imports is missing.
{
  const MAX_RELOADS = 4, PAUSE = 400, RECENT = 60_000;   // ms
  const before = JSON.parse(sessionStorage.getItem("course-loaded-anew") ?? "[]").filter(at => Date.now() - at < RECENT);
  let whole = true;

  addEventListener("error", event => {
    if (!whole || !event.target.matches?.("script, link[rel=stylesheet]")) return;
    whole = false;
    if (before.length >= MAX_RELOADS) return say();
    sessionStorage.setItem("course-loaded-anew", JSON.stringify([...before, Date.now()]));
    setTimeout(() => location.reload(), PAUSE);
  }, true);

  const say = () => {
    if (!document.body) return addEventListener("DOMContentLoaded", say);
    const box = Object.assign(document.createElement("div"), { className: "notices" });
    const notice = Object.assign(document.createElement("p"), { className: "notice error", role: "alert",
      textContent: "A part of this page did not come from the notebook, so nothing can be run in it. Load it again, or see whether ./jbang notebook still runs." });
    box.append(notice);
    document.body.append(box);
  };
}
