import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { order } from "./order.js";

/** Bytes that repeat nothing. @param {number} length @param {number} seed */
const noise = (length, seed) =>
  Uint8Array.from({ length }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 16;
  });

test("functions that resemble each other stand together, and none is lost", () => {
  const [a, b] = [noise(60, 1), noise(60, 2)];
  const like = (/** @type {Uint8Array} */ body, /** @type {number} */ place) =>
    body.map((byte, index) => (index === place ? byte ^ 1 : byte));
  const bodies = [
    a,
    b,
    noise(500, 3),
    like(b, 30),
    like(a, 50),
    like(a, 9),
    Uint8Array.of(11),
    Uint8Array.of(),
  ];
  const places = order(bodies);
  assert.deepEqual([...places].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
  const spread = (/** @type {number[]} */ members) => {
    const at = members.map((member) => places.indexOf(member));
    return Math.max(...at) - Math.min(...at);
  };
  assert.equal(spread([0, 4, 5]), 2);
  assert.equal(spread([1, 3]), 1);
});

test("the order is the same every time", () => {
  const bodies = Array.from({ length: 200 }, (_, index) => noise(40, index % 17));
  assert.deepEqual(order(bodies), order(bodies));
});

test("what is ordered compresses better", () => {
  const kinds = Array.from({ length: 40 }, (_, kind) => noise(300, kind + 1));
  const bodies = Array.from({ length: 400 }, (_, index) =>
    (kinds[(index * 7) % 40] ?? noise(1, 1)).map((byte, place) =>
      place % 50 === index % 50 ? index : byte,
    ),
  );
  const size = (/** @type {Uint8Array[]} */ list) => brotliCompressSync(Buffer.concat(list)).length;
  const ordered = order(bodies).map((place) => bodies[place] ?? noise(1, 1));
  assert.ok(size(ordered) < 0.95 * size(bodies), `${size(ordered)} of ${size(bodies)}`);
});
