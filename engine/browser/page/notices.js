// What a person has to know: a sentence, and the one button that helps.
import { button, make } from "./dom.js";
import { on, post, tryNow } from "./server.js";

const box = make("div", { className: "notices", aria: { role: "region", label: "Notices" } });
document.body.append(box);

/**
 * @param key  a notice with the same key takes the place of the one before
 * @param does what the button does, {label, run}; also: another one, after which the notice stays
 */
export function notice({ level = "info", text, action, undo, key, does, also }) {
  if (key) dismiss(key);
  const one = make("div", { className: "notice " + level, aria: { role: level === "info" ? "status" : "alert" }, data: key ? { key } : {} },
    make("p", { textContent: text }));
  const go = undo ? { label: "Undo", run: undo } : does ?? (action && { label: action.label, run: () => post(action.path, action.body ?? {}) });
  if (go) one.append(button(go.label, "", async () => {
    one.remove();
    try { await go.run(); } catch (failed) { notice({ level: "error", text: failed.message }); }
  }, { className: "primary" }));
  if (also) one.append(button(also.label, "", also.run));
  one.append(button("×", "Dismiss", () => one.remove(), { className: "dismiss", ariaLabel: "Dismiss" }));
  box.append(one);
  while (box.childElementCount > 4) box.firstElementChild.remove();
  if (level === "info") setTimeout(() => { if (!one.matches(":hover, :focus-within")) one.remove(); }, 8000);
  return one;
}

export const dismiss = key => box.querySelector(`[data-key="${key}"]`)?.remove();

on("notice", notice);
on("database", now => { if (now.status === "resetting") dismiss("broken"); });
on("connection", state => {
  document.body.classList.toggle("away", state !== "open");
  dismiss("connection");
  const also = { label: "Save it as a file", run: async () => (await import("./drafts.js")).download() };
  if (state === "lost") notice({ key: "connection", level: "error", does: { label: "Try now", run: tryNow }, also,
    text: "The notebook’s server is gone. Start it again with ./jbang notebook. What you type is kept in this browser and sent when it is back." });
  if (state === "foreign") notice({ key: "connection", level: "error", does: { label: "Try now", run: tryNow }, also,
    text: `Something else answers at ${location.host} now, not this notebook. Start it with ./jbang notebook, and open the address that it prints. What you typed here is kept in this browser, for this address alone.` });
  if (state === "restarted") notice({ key: "restarted", text: "The notebook was started again. No cell has run now; what you typed is here." });
});
