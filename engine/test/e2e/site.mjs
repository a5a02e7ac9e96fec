// A plain HTTP server for a folder of files, as strict with scripts as a page may be.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", json: "application/json", wasm: "application/wasm" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

/** @return {url, close()} */
export async function serve(folder) {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = path.join(folder, path.normalize(name));
    fs.readFile(file, (trouble, bytes) => {
      if (trouble) return response.writeHead(name === "/favicon.ico" ? 204 : 404).end();
      response.writeHead(200, { "content-type": TYPES[file.split(".").pop()] ?? "application/octet-stream", "content-security-policy": POLICY,
        "cache-control": "max-age=600", "content-length": bytes.length }).end(bytes);
    });
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.closeAllConnections?.() ?? server.close() };
}
