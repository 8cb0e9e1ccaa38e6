// Back closes the viewer: an entry of the history that is the page's own once more.
//
// It has the state of the entry before it, which is the app's key for the reader's place
// (src/client/navigation/history.rs): for the app both are one place, so going back moves nothing.

/** The second one comes where the app has failed, and events of the history are kept from it (js/boot.js). */
const BACK = ["popstate", "broadsheet:back"];

/**
 * Enters. The function that it returns leaves; `left` is called once the entry is left, whoever did that.
 * @param {() => void} left
 * @returns {() => void}
 */
export function enter(left) {
  let entered = true;
  try {
    history.pushState(history.state, "");
  } catch {
    // Some browsers allow only so many entries in a time: then there is nothing to go back to.
    entered = false;
  }
  let ended = false;
  const done = () => {
    ended = true;
    for (const name of BACK) removeEventListener(name, done);
    left();
  };
  for (const name of BACK) addEventListener(name, done);
  return () => {
    // The reader went back, and what closes now must not go back once more.
    if (ended) return;
    if (!entered) return done();
    entered = false;
    history.back();
  };
}
