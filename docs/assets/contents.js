// After book.js, whose small helpers it uses. Where you are on the page: in the contents beside it, which are a drawer on a narrow screen, and step by step on a phone.
"use strict";

const side = document.querySelector(".side");
const steps = [...document.querySelectorAll("main > section.step")];
const here = new Map([...document.querySelectorAll(".side a[href^='#']")].map(link => [link.hash.slice(1), link]));
const seen = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      here.forEach(link => link.removeAttribute("aria-current"));
      here.get(target.id)?.setAttribute("aria-current", "location");
      keepInView(here.get(target.id));
      stepByStep.at(target);
    }
  }
}, { rootMargin: "-15% 0px -75% 0px" });
function keepInView(link) {
  if (!link || side.scrollHeight <= side.clientHeight) return;   // on a phone it is not beside the text
  const over = link.getBoundingClientRect().bottom - side.getBoundingClientRect().bottom + 40;
  const under = side.getBoundingClientRect().top - link.getBoundingClientRect().top + 40;
  if (over > 0) side.scrollTop += over;
  if (under > 0) side.scrollTop -= under;
}
document.querySelectorAll("main > section[id]").forEach(section => seen.observe(section));

// --- step by step, on a phone ---------------------------------------------------------------------------------------

const stepByStep = steps.length ? stepBar() : { at() { } };

function stepBar() {
  const before = make("a"), after = make("a");
  const where = make("button", { type: "button", title: "Contents", popoverTargetElement: side });
  const nav = make("nav", { className: "step-by-step", hidden: true, ariaLabel: "Steps" }, before, where, after);
  document.body.append(nav);
  const lead = (link, sign, words, step) => {
    link.textContent = sign;
    link.setAttribute("aria-label", step ? `${words}: ${step.querySelector("h2").textContent}` : words);
    if (step) link.href = "#" + step.id; else link.removeAttribute("href");
  };
  const page = { url: location.pathname.split("/").pop(), title: `${document.querySelector("main").dataset.lesson.slice(0, 2)} ${document.querySelector("main > h1").textContent}` };
  return { at(section) {
    const passed = steps.filter(step => step === section || step.compareDocumentPosition(section) & Node.DOCUMENT_POSITION_FOLLOWING).length;
    nav.hidden = passed === 0;
    where.textContent = `${passed}/${steps.length}`;
    if (passed > 0) remember("place", JSON.stringify({ ...page, url: `${page.url}#${steps[passed - 1].id}`, step: passed }));
    lead(before, "‹", "Step before", steps[passed - 2]);
    lead(after, "›", "Next step", steps[passed]);
  } };
}

// --- the contents as a drawer, where they do not stand beside the text ----------------------------------------------

const wide = matchMedia("(min-width: 62rem)");
if ("popover" in side) {
  const link = document.querySelector(".to-contents");
  link.replaceWith(make("button", { type: "button", className: "to-contents", textContent: "Contents", popoverTargetElement: side }));
  const drawer = () => { side.popover = wide.matches ? null : "auto"; };
  drawer();
  wide.addEventListener("change", drawer);
  side.addEventListener("click", event => { if (event.target.closest("a") && side.popover) side.hidePopover(); });
}

// --- where you were, on the page of all lessons ---------------------------------------------------------------------

const first = document.getElementById("one-experiment");
const place = first && JSON.parse(recall("place") ?? "null");
if (place) {
  first.before(make("p", { className: "continue" }, make("a", { href: place.url, textContent: `Continue: ${place.title}, step ${place.step}` })));
}
