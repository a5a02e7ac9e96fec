// The guide's function, as printed, and seven ways in which it fails.
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
let NUM_SHARDS = 8;

// tag::shown[]
function getShardId(userId) {
  // Hash-based sharding
  return parseInt(userId, 16) % NUM_SHARDS;
}

const v4 = Array.from({ length: 10_000 }, () => crypto.randomUUID());
const v7 = v4.map((id, n) => {
  const time = (1_764_000_000_000 + 5 * n).toString(16).padStart(12, "0"); // 50 seconds
  return `${time.slice(0, 8)}-${time.slice(8)}-7${id.slice(15)}`;
});
const shards = ids => new Set(ids.map(getShardId)).size;

console.log("shards that have v4:", shards(v4));
console.log("v4 without dashes:", shards(v4.map(id => id.replaceAll("-", ""))));
console.log("v7, two at most:", shards(v7) <= 2);
for (const id of ["550e8400-e29b-41d4-a716-446655440000", "12", "zoe", "-5"]) {
  console.log(id, "is read as", parseInt(id, 16), "and is on shard", getShardId(id));
}
NUM_SHARDS = 4;
const before = v4.map(getShardId);
NUM_SHARDS = 5;
const moved = v4.filter((id, n) => getShardId(id) !== before[n]).length;
console.log("tenths that move from 4 shards to 5:", Math.round(moved / 1000));
// end::shown[]
NUM_SHARDS = 8;
assert.equal(shards(v4), 8);
assert.equal(shards(v4.map(id => id.replaceAll("-", ""))), 1);
assert.ok(shards(v7) <= 2);
assert.equal(getShardId("12"), 2);
assert.ok(Number.isNaN(getShardId("zoe")));
assert.equal(getShardId("-5"), -5);
assert.equal(Math.round(moved / 1000), 8);
