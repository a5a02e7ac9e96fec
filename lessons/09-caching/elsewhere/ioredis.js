// What ioredis does with a command while Redis is away, or silent.
const assert = require("node:assert/strict");
const net = require("node:net");
const Redis = require("ioredis");

/** How a command ends; "waits" where it has not after half a second. */
async function outcome(what, port, options) {
  const redis = new Redis({ port, ...options });
  redis.on("error", () => {});
  const waits = new Promise(resolve => setTimeout(resolve, 500, "waits"));
  const said = await Promise.race([redis.get("key").catch(failure => failure.name + ": " + failure.message), waits]);
  console.log(what + ", " + JSON.stringify(options) + ": " + said.replace(/ \(.*/, "").replace(/ Refer to.*/, ""));
  redis.disconnect();
  return said;
}

async function main() {
  const server = net.createServer(socket => { socket.on("error", () => {}); }); // accepts, and never answers
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  const silent = server.address().port;
  const closed = await new Promise(resolve => {
    const other = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = other.address();
      other.close(() => resolve(port));
    });
  });
  // tag::shown[]
  assert.equal(await outcome("away", closed, {}), "waits");
  assert.match(await outcome("away", closed, { maxRetriesPerRequest: 1 }), /^MaxRetriesPerRequestError/);
  assert.equal(await outcome("silent", silent, {}), "waits");
  assert.equal(await outcome("silent", silent, { maxRetriesPerRequest: 1 }), "waits");
  assert.match(await outcome("silent", silent, { commandTimeout: 100 }), /Command timed out/);
  assert.match(await outcome("away", closed, { commandTimeout: 100 }), /Command timed out/);
  // end::shown[]
  server.close();
}

main().then(() => process.exit(0), failure => { console.error(failure); process.exit(1); });
