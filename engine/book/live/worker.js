// The worker: one PGlite, one session on it. It fetches nothing by itself; the page hands it what it has fetched.
import * as engine from "./engine.js";
import { Session, startParams } from "./session.js";
import { PGlite } from "./pglite/index.js";
import { unpacked } from "./packed.js";

let session;

async function open({ module, files, data, extensions }) {
  self.fetch = kept(files);
  const [fsBundle, loadDataDir] = await Promise.all([files["pglite/pglite.data.gz"], files[data]].map(unpacked));
  const loaded = await Promise.all(extensions.map(async name => [name, Object.values(await import(`./pglite/contrib/${name}.js`))[0]]));
  const db = await PGlite.create({ pgliteWasmModule: module, fsBundle, loadDataDir, extensions: Object.fromEntries(loaded), startParams: startParams(PGlite) });
  session = new Session(db, engine);
  await session.ask("select 1");
}

/** PGlite asks for the archives of extensions by their address. */
function kept(files) {
  const original = self.fetch.bind(self);
  return (address, options) => {
    const name = Object.keys(files).find(name => String(address).endsWith("/" + name));
    return name ? Promise.resolve(new Response(files[name], { headers: { "content-type": name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } })) : original(address, options);
  };
}

async function run(item) {
  const began = performance.now();
  const { said, state } = await session.run(item);
  const ms = performance.now() - began;
  const json = JSON.stringify(said);
  return { html: engine.drawn(json), difference: engine.difference(json, JSON.stringify(item.recorded ?? [])), state, ms };
}

self.onmessage = async ({ data: { id, what, value } }) => {
  try {
    self.postMessage({ id, value: await { open, run }[what](value) });
  } catch (e) {
    self.postMessage({ id, error: String(e?.message ?? e) });
  }
};
