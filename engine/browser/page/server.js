// What goes to the server and comes from it. Commands are POSTs; everything that happens comes as events, the first of them
// the whole state, so that a window that was away is right again as soon as it has a stream.
import { meta } from "./dom.js";
import { renew } from "./renewal.js";

export const lesson = meta("course-lesson");
export const windowId = crypto.randomUUID();

/** The server refused a command, and says why. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? `The server answered with status ${status}.`);
    this.status = status;
    this.answer = answer;
  }
}
/** The server does not answer. */
export class Unreachable extends Error { }

const GONE = "The notebook's server does not answer.";
const TIMEOUT = 20_000;   // ms; everything that takes long is answered at once and told by events
const MAX_TRIES = 3, PAUSE = 300;   // ms

export async function post(path, body = {}, renewed = false) {
  if (isAway()) throw new Unreachable(GONE);
  const { response, text } = await sent(path.startsWith("/") ? path : `/api/${lesson}/${path}`, { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-Course-Token": meta("course-token"), "X-Course-Command": crypto.randomUUID() } });
  const answer = read(text);
  if (response.status === 403 && !("giveUp" in answer)) {
    lost();
    if (!renewed && await isOurs()) return post(path, body, true);   // started again since this page was told last
  }
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** What is refused before the notebook sees it is answered without JSON. */
function read(text) {
  try { return JSON.parse(text); } catch { return {}; }
}

let doubted = false;   // whether something failed since our server was heard last: a stranger may answer now, who must not read what was typed

/** A browser gives up its requests when a network of the machine comes or goes. The server carries out a command of one name once. */
async function sent(address, command) {
  for (let tries = 1; ; tries++) {
    try {
      if (doubted && !isUs(await whoAnswers())) throw new TypeError("not our server");
      const response = await fetch(address, { ...command, signal: AbortSignal.timeout(TIMEOUT) });
      return { response, text: await response.text() };
    } catch (failed) {
      doubted = true;
      if (tries === MAX_TRIES || failed.name === "TimeoutError") {
        lost();
        throw new Unreachable(GONE, { cause: failed });
      }
      await new Promise(done => setTimeout(done, PAUSE));
    }
  }
}

// --- events -----------------------------------------------------------------------------------------------------------

const TYPES = ["state", "cell", "clear", "output", "print", "edited", "added", "removed", "kernel", "database", "sessions", "watch",
  "exercise", "exercise-sql", "progress", "notice"];
const listeners = new Map(TYPES.concat("connection").map(type => [type, []]));
const tell = (type, data) => listeners.get(type).forEach(listener => listener(data));

/** The next event of a type that fulfils a condition. To be called before the command that causes the event. */
export const next = (type, isSo) => new Promise(done => {
  const listener = data => {
    if (!isSo(data)) return;
    listeners.set(type, listeners.get(type).filter(one => one !== listener));
    done(data);
  };
  on(type, listener);
});

/** Calls back with the data of each event of a type. "connection" comes from here: "open", "lost", "foreign" (another program answers) or "restarted" (another run does). */
export const on = (type, listener) => listeners.get(type).push(listener);

let stream, retry, attempts = 0, connection = "none", lastEvent = 0;
/** Whether nobody answers, or somebody who must not be told anything. */
const isAway = () => connection === "lost" || connection === "foreign";

function connect() {
  clearTimeout(retry);
  stream?.close();
  stream = new EventSource(`/api/${lesson}/events?window=${windowId}`);
  for (const type of TYPES) {
    stream.addEventListener(type, event => {
      lastEvent = Date.now();
      if (type === "state") { attempts = 0; become("open"); }
      tell(type, JSON.parse(event.data));
    });
  }
  stream.onerror = () => { stream.close(); lost(); };
}

function become(now) {
  if (now !== connection) tell("connection", connection = now);
}

const isUs = answers => answers === "same" || answers === "restarted";

/** Who answers. It may be another run of our server, of which everybody here is told. */
async function whoAnswers() {
  const answers = await renew();
  if (isUs(answers)) doubted = false;
  if (answers === "restarted") become("restarted");
  return answers;
}

async function isOurs() {
  const answers = await whoAnswers();
  if (!isUs(answers)) become(answers === "gone" ? "lost" : "foreign");
  return isUs(answers);
}

/** Tries again and again, at most every five seconds. */
function lost() {
  doubted = true;
  clearTimeout(retry);
  if (!away) retry = setTimeout(reconnect, Math.min(5000, 250 * 2 ** attempts++));
}

async function reconnect() {
  clearTimeout(retry);
  const ours = await isOurs();
  if (away) return;
  if (ours) connect(); else lost();
}

export function tryNow() {
  attempts = 0;
  stream?.close();
  return reconnect();
}

// A browser has six connections to a server, for all windows together: a window that nobody looks at closes its own. A laptop
// that was asleep for an hour has a stream that only seems open: the window that is looked at again opens another.
const LEAVE_AFTER = 4_000;   // ms; somebody who only glances at another tab finds this one as it was
const STALE = 30_000;   // ms without an event, after which a stream is not trusted
let away = false, leaving;

export function begin() {
  if (document.hidden) away = true; else connect();
}

function leave() {
  clearTimeout(leaving);
  clearTimeout(retry);
  away = true;
  stream?.close();
}

function comeBack() {
  if (!away && Date.now() - lastEvent < STALE) return;
  away = false;
  tryNow();
}
document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving);   // told twice that it is hidden, it would leave a second time after somebody has come back
  if (document.hidden) leaving = setTimeout(leave, LEAVE_AFTER); else comeBack();
});
addEventListener("pagehide", leave);
addEventListener("pageshow", event => { if (event.persisted && !document.hidden) comeBack(); });
addEventListener("online", () => { if (!away) tryNow(); });
