// Patches: a file of the shell, made of an older version that is kept. Their form is that of
// press/src/patch.rs, their addresses are those of press/src/site/versions.rs.

import { base } from "./build.js";
import { TaskError } from "./errors.js";
import { locked } from "./locks.js";
import { ask, drop } from "./network.js";

/** The longest file that is made, in bytes: a damaged patch takes no more memory than this. */
const LONGEST = 2 ** 26;

/**
 * A hash as it stands in addresses. @param {string} hash
 */
const short = (hash) => hash.slice(0, 8);

/** The first 16 hexadecimal digits of the SHA-256 of bytes. @param {ArrayBuffer} bytes */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The version of a file that has a hash. What has another one is an error.
 * @param {Response} older
 * @param {string} hash of what is wanted, or its begin
 * @param {string[]} [from] the versions that there are patches from, if that is known
 */
export async function patched(older, hash, from) {
  const old = await older.clone().arrayBuffer();
  const is = await hashOf(old);
  if (is.startsWith(hash)) return older;
  const path = `${base}assets/${short(is)}-${short(hash)}.bin`;
  if (from && !from.includes(short(is))) throw new TaskError("server", `${path} was not printed`);
  // A page of the next build makes this worker want what the next worker wants, too: who comes second has it from the
  // browser's cache.
  const made = await locked(path, async () => {
    const answer = await ask(path);
    if (answer.ok) return apply(new Uint8Array(old), answer);
    drop(answer);
  });
  if (!made || !(await hashOf(made)).startsWith(hash)) throw new TaskError("unreadable", path);
  return new Response(made, {
    headers: { "content-type": older.headers.get("content-type") || "" },
  });
}

/**
 * @param {Uint8Array} old
 * @param {Response} packed
 */
async function apply(old, packed) {
  const stream = packed.body?.pipeThrough(new DecompressionStream("deflate-raw"));
  const patch = new Uint8Array(await new Response(stream).arrayBuffer());
  let at = 0;
  const number = () => {
    for (let value = 0, factor = 1; at < patch.length; factor *= 128) {
      const byte = patch[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
    throw RangeError();
  };
  const steps = [];
  for (let left = number(); left > 0; left--) steps.push([number(), number(), number()]);
  const gaps = [];
  for (let left = number(); left > 0; left--) gaps.push(number());
  const length = steps.reduce((sum, [taken = 0, more = 0]) => sum + taken + more, 0);
  if (length > LONGEST) throw RangeError();
  const made = new Uint8Array(length);
  let putIn = at + gaps.length;
  let from = 0;
  let to = 0;
  for (const [taken = 0, more = 0, skip = 0] of steps) {
    made.set(old.subarray(from, from + taken), to);
    made.set(patch.subarray(putIn, putIn + more), to + taken);
    putIn += more;
    to += taken + more;
    from += taken + (skip % 2 ? -(skip + 1) / 2 : skip / 2);
  }
  to = -1;
  for (const gap of gaps) {
    to += gap + 1;
    made[to] = (made[to] ?? 0) + (patch[at++] ?? 0);
  }
  return made.buffer;
}
