import assert from "node:assert/strict";
import { test } from "node:test";
import { crateOf, moduleOf } from "./groups.js";

const modules = new Set(["client", "client/json", "components", "components/card"]);
const isModule = (/** @type {string} */ path) => modules.has(path);

test("a function is its author's, not that of the types it was made for", () => {
  assert.equal(
    crateOf(
      "<alloc[6ccc]::vec::Vec<broadsheet[92ff]::urls::Urls> as core[15d]::clone::Clone>::clone",
    ),
    "alloc",
  );
  assert.equal(crateOf("<str>::split::<core[15d]::str::Whitespace>"), "core");
  assert.equal(crateOf("__wbindgen_malloc"), "(no crate)");
});

test("a function of ours is counted for the file it stands in", () => {
  assert.equal(
    moduleOf(
      "<broadsheet[92ff]::client::json::Value as serde_core[4c]::de::Deserializer>::deserialize_struct",
      isModule,
    ),
    "broadsheet::client::json",
  );
  assert.equal(
    moduleOf("broadsheet[92ff]::components::card::card::{closure#0}", isModule),
    "broadsheet::components::card",
  );
  assert.equal(moduleOf("broadsheet[92ff]::start", isModule), "broadsheet");
  assert.equal(
    moduleOf("core[15d]::ptr::drop_in_place::<broadsheet[92ff]::client::json::Value>", isModule),
    "",
  );
});
