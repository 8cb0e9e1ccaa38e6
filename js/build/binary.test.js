import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, names, sections, withNames } from "./binary.js";

/**
 * (module (import "m" "f" (func)) (import "m" "g" (global i32))
 *   (func (result i32) i32.const 1) (func (result i32) i32.const 200))
 */
const MODULE = Uint8Array.from([
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[1, 8, 2, 96, 0, 0, 96, 0, 1, 127],
  ...[2, 14, 2, 1, 109, 1, 102, 0, 0, 1, 109, 1, 103, 3, 127, 0],
  ...[3, 3, 2, 1, 1],
  ...[10, 12, 2, 4, 0, 65, 1, 11, 5, 0, 65, 200, 1, 11],
]);

test("functions are read as they stand in the module", () => {
  assert.ok(WebAssembly.validate(MODULE));
  assert.deepEqual(
    bodies(MODULE).map((body) => [...body]),
    [
      [0, 65, 1, 11],
      [0, 65, 200, 1, 11],
    ],
  );
});

test("a module without functions has none", () => {
  assert.deepEqual(bodies(MODULE.subarray(0, 8)), []);
  assert.deepEqual(names(MODULE.subarray(0, 8)), []);
});

test("names go in and come out, those of imports are not counted, and the code stays as it is", () => {
  const long = "n".repeat(300);
  const named = withNames(withNames(MODULE, ["x", "y"]), [long, "sắp xếp"]);
  assert.ok(WebAssembly.validate(Uint8Array.from(named)));
  assert.deepEqual(names(named), [long, "sắp xếp"]);
  assert.deepEqual(sections(named).filter(({ name }) => name === "name").length, 1);
  assert.deepEqual(Buffer.concat(bodies(named)), Buffer.concat(bodies(MODULE)));
  assert.deepEqual(names(MODULE), ["", ""]);
});

test("a module that is cut off is an error", () => {
  assert.throws(() => bodies(MODULE.subarray(0, MODULE.length - 3)), /ends too early/);
});
