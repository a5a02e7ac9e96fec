// Windows of Debian's Chromium that notice what they should not see: errors in the console, requests that leave the machine.
import fs from "node:fs";
import { chromium } from "playwright-core";
import { Lesson } from "./lesson.mjs";

/** With each container a network of the machine comes or goes: nobody's mistake, and a page has to bear it. */
const BEARABLE = /net::ERR_NETWORK_CHANGED/;

let browser;

/** @param options what a context takes, besides `allow`: patterns of console errors that belong to the test */
export async function open(notebook, { allow = [], seconds, ...options }) {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
  const complaints = [];
  const complain = text => { if (![BEARABLE, ...allow].some(pattern => pattern.test(text))) complaints.push(text); };
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
      await first.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
    },
    close: () => context.close(),
  };
}

export const close = () => browser?.close();
