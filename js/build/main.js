// Packs the app that Trunk has built into a folder: node js/build/main.js FOLDER [NAMES]. The names of the functions,
// in the order in which they stand in the file, go into the file NAMES, for `make bytes`.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack } from "./pack.js";

const [folder = "dist", list] = process.argv.slice(2);
const wasmFile = join(folder, "broadsheet_bg.wasm");
const glueFile = join(folder, "broadsheet.js");
const order = readFileSync(new URL("order.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
const { wasm, glue, functions } = pack(
  readFileSync(wasmFile),
  readFileSync(glueFile, "utf8"),
  order,
);
writeFileSync(wasmFile, wasm);
writeFileSync(glueFile, glue);
if (list) writeFileSync(list, functions.join("\n"));
