// Whether the notebook that answers is ours, and its secrets for a page of a run before. Both sides prove that they know the
// clone's key; what is sent is of no use to a stranger who listens at this port meanwhile (browser.http.Renewal).
import { meta, setMeta } from "./dom.js";

const TIMEOUT = 10_000;   // ms
const bytes = text => new TextEncoder().encode(text);

async function proof(side, nonce) {
  const key = await crypto.subtle.importKey("raw", bytes(meta("course-key")), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(`${side} ${location.host} ${nonce}`)));
  return [...signed].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

async function ask(body) {
  const response = await fetch("/api/renewal", { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
    signal: AbortSignal.timeout(TIMEOUT) });
  return response.json();
}

/** "same", "restarted" (another run, whose secrets this page has now), "foreign" (not ours) or "gone" (nobody answers). */
export async function renew() {
  const nonce = crypto.randomUUID();
  const challenge = await ask({ nonce }).catch(failed => failed);
  if (challenge instanceof SyntaxError) return "foreign";
  if (challenge instanceof Error) return "gone";
  if (challenge.proof !== await proof("server", nonce)) return "foreign";
  const { token } = await ask({ proof: await proof("page", challenge.run) }).catch(() => ({}));
  if (!token) return "gone";
  const before = meta("course-run");
  setMeta("course-token", token);
  setMeta("course-run", challenge.run);
  return before === challenge.run ? "same" : "restarted";
}
