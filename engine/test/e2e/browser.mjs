// Windows of Debian's Chromium and Firefox that notice what they should not see: errors in the console, requests that leave the machine.
import fs from "node:fs";
import { chromium, firefox } from "playwright-core";
import { Lesson } from "./lesson.mjs";

/** With each container a network of the machine comes or goes: nobody's mistake, and a page has to bear it. */
const BEARABLE = /net::ERR_NETWORK_CHANGED/;

/** The one that tests run in now: chromium or firefox. */
export let kind = "chromium";
/** Where there is no screen it takes itself for a device without a mouse: 6 is one that points exactly and hovers. */
const PREFERENCES = { "ui.prefersReducedMotion": 1, "ui.primaryPointerCapabilities": 6, "ui.allPointerCapabilities": 6 };
const FIREFOX = { channel: "moz-firefox", executablePath: process.env.FIREFOX, firefoxUserPrefs: PREFERENCES };
let browser;

const launched = () => kind === "firefox" ? firefox.launch(FIREFOX) : chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

/** Tests run in another browser from now on. */
export async function change(to) {
  await close();
  [browser, kind] = [undefined, to];
}

/** @param options what a context takes, besides `allow`: patterns of console errors that belong to the test */
export async function open(notebook, { allow = [], seconds, ...options }) {
  browser ??= await launched();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...(kind === "chromium" ? { reducedMotion: "reduce" } : {}), ...options });
  const complaints = [];
  const bearable = [BEARABLE];
  const complain = text => { if (![...bearable, ...allow].some(pattern => pattern.test(text))) complaints.push(text); };
  context.on("request", request => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== "127.0.0.1" && protocol !== "data:" && protocol !== "blob:") complain(`a request to ${request.url()}`);
  });
  const page = async () => {
    const opened = await context.newPage();
    opened.on("console", message => { if (message.type() === "error") complain(`${message.text()} ${message.location().url ?? ""}`); });
    opened.on("pageerror", error => complain("uncaught " + (error.stack ?? error)));
    opened.setDefaultTimeout(30_000);
    return opened;
  };
  const first = await page();
  return {
    context, page: first, complaints: () => complaints,
    /** Another window of the same person. */
    lesson: async (name, other = first) => new Lesson(other, notebook).open(name),
    another: page,
    async shot(name) {
      if (!process.env.SHOTS) return;
      fs.mkdirSync(process.env.SHOTS, { recursive: true });
      bearable.push(/blocked an inline style/);   // that of the screenshot
      await first.screenshot({ path: `${process.env.SHOTS}/${kind}-${name}.png` });
    },
    close: () => context.close(),
  };
}

export const close = () => browser?.close();
