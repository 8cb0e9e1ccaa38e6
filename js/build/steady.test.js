import assert from "node:assert/strict";
import { test } from "node:test";
import { lines, steady } from "./steady.js";

const names = ["app[1a2b]::open", "app[1a2b]::close", "app[1a2b]::show", "app[1a2b]::hide"];

test("functions of the list keep its order, whatever resembles what", () => {
  assert.deepEqual(steady([3, 1, 0, 2], names, lines(names)), [0, 1, 2, 3]);
});

test("a new function stands behind the one that similarity puts before it", () => {
  const list = lines(["app::hide", "app::close", "app::open"]);
  assert.deepEqual(steady([0, 2, 1, 3], names, list), [3, 1, 0, 2]);
  assert.deepEqual(steady([2, 0, 1, 3], names, list), [2, 3, 1, 0]);
});

test("without a list the order is that of similarity", () => {
  assert.deepEqual(steady([2, 0, 3, 1], names, []), [2, 0, 3, 1]);
});

test("a function is known again when its crate has another hash, and twins are told apart", () => {
  assert.deepEqual(lines(["app[1]::open"]), lines(["app[2f]::open"]));
  const [one, two] = lines(["app[1]::open", "app[2]::open"]);
  assert.notEqual(one, two);
});
