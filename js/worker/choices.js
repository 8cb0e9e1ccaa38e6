// What the reader has chosen for this device.

import { report } from "./errors.js";
import { meta, setMeta } from "./index.js";

/** @type {Promise<boolean> | undefined} */
let small;

/**
 * Whether pictures come small; with `wanted`, from now on. Each request for a picture asks this, so it is
 * read once.
 * @param {boolean} [wanted]
 */
export async function smallPictures(wanted) {
  if (wanted !== undefined) {
    await setMeta("small", wanted);
    small = Promise.resolve(wanted);
  }
  small ||= meta("small").then(Boolean, (error) => {
    report("Pictures come large", error);
    small = undefined;
    return false;
  });
  return small;
}
