// Small help for making elements, and the live region by which a screen reader says what happened.

export const make = (name, properties = {}, ...children) => {
  const { aria = {}, data = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  for (const [key, value] of Object.entries(aria)) element.setAttribute(key === "role" ? key : "aria-" + key, value);
  Object.assign(element.dataset, data);
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
  return element;
};

export const button = (label, title, onclick, properties = {}) =>
  make("button", { type: "button", textContent: label, title, onclick, ...properties });

export const meta = name => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

export const setMeta = (name, content) => { document.querySelector(`meta[name="${name}"]`).content = content; };

/** How many pixels of the window's lower end are covered: by the panel of sessions and locks, and on a phone by the bar. */
export const covered = () => Math.max(0, ...[...document.querySelectorAll(".watch:not([hidden])")].map(panel => innerHeight - panel.getBoundingClientRect().top));

/** HTML that the server drew. It has escaped what came from the database. */
export function drawn(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

export const typing = element => !!element?.closest?.("input, textarea, select, [contenteditable]");

export const duration = ms => ms < 1000 ? `${Math.round(ms)} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(1)} s`
  : `${Math.floor(ms / 60_000)} min ${Math.round(ms % 60_000 / 1000)} s`;

const liveRegion = make("p", { className: "spoken", aria: { role: "status", live: "polite" } });
document.body.append(liveRegion);
let said = [];
/** Has a screen reader say a sentence; sentences of the same moment are said together. */
export function announce(sentence) {
  if (!said.length) setTimeout(() => { liveRegion.textContent = said.slice(-3).join(" "); said = []; }, 150);
  said.push(sentence);
}

/** Asks in a dialog; true when the person agrees. */
export function confirmed(question, yes, no = "Cancel") {
  return new Promise(done => {
    const dialog = make("dialog", { className: "ask", aria: { label: question } });
    const end = answer => { dialog.close(); dialog.remove(); done(answer); };
    const agree = button(yes, "", () => end(true), { className: "primary" });
    dialog.append(make("p", { textContent: question }), make("div", { className: "choices" }, agree, button(no, "", () => end(false))));
    dialog.addEventListener("cancel", event => { event.preventDefault(); end(false); });
    document.body.append(dialog);
    dialog.showModal();
    agree.focus();
  });
}
