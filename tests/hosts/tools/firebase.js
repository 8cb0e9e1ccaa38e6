// Serves a folder with its firebase.json as the Hosting emulator of firebase-tools does. Arguments: folder, port.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import superstatic from "superstatic";

const [folder, port] = process.argv.slice(2);
const { hosting } = JSON.parse(readFileSync(join(folder, "firebase.json"), "utf8"));
// The options of src/serve/hosting.ts.
const server = superstatic.server({
  config: hosting,
  cwd: resolve(folder),
  hostname: "127.0.0.1",
  port: Number(port),
  compression: true,
  stack: "strict",
});
server.listen();
