// What fingers, mouse and wheel do on the stage: swipe, pull down, pinch, double tap, drag.

/** How far a finger goes for a swipe, in pixels. */
const SWIPE = 50;
/** A finger that moves less has tapped. */
const STILL = 10;
/** How soon the second tap comes, in milliseconds. */
const AGAIN = 300;

/** @typedef {import("./zoom.js").Point} Point */

/**
 * What the viewer does.
 * @typedef {object} Deeds
 * @property {() => boolean} isLarge whether the picture is larger than its place
 * @property {(by: number, at: Point) => void} scaleBy
 * @property {(at: Point) => void} toggle
 * @property {(x: number, y: number) => void} move
 * @property {(steps: number) => void} turn to a picture on the right (1) or on the left (-1)
 * @property {() => void} leave
 */

/**
 * @param {HTMLElement} stage
 * @param {Deeds} deeds
 */
export function listen(stage, deeds) {
  /** @type {Map<number, Point>} */
  const fingers = new Map();
  /** @type {Point} */
  let from = { x: 0, y: 0 };
  let tapped = 0;
  let pinched = false;
  let outside = false;

  /** @param {{ clientX: number, clientY: number }} event @returns {Point} */
  const pointOf = ({ clientX, clientY }) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
  };
  const middle = () => {
    const [a = from, b = a] = [...fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) };
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) {
      from = pointOf(event);
      pinched = false;
      outside = event.target === stage;
    }
    fingers.set(event.pointerId, pointOf(event));
    try {
      stage.setPointerCapture(event.pointerId);
    } catch {
      // The finger is gone already.
    }
  });

  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = middle();
    fingers.set(event.pointerId, pointOf(event));
    const after = middle();
    if (fingers.size > 1) {
      pinched = true;
      if (before.apart) deeds.scaleBy(after.apart / before.apart, after);
    }
    if (deeds.isLarge()) deeds.move(after.x - before.x, after.y - before.y);
  });

  stage.addEventListener("pointercancel", ({ pointerId }) => fingers.delete(pointerId));

  stage.addEventListener("pointerup", (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size || pinched) return;
    const at = pointOf(event);
    const x = at.x - from.x;
    const y = at.y - from.y;
    if (Math.hypot(x, y) < STILL) {
      const now = event.timeStamp;
      if (outside && !deeds.isLarge()) deeds.leave();
      else if (now - tapped < AGAIN) deeds.toggle(at);
      tapped = now - tapped < AGAIN ? 0 : now;
    } else if (deeds.isLarge()) return;
    else if (Math.abs(x) > Math.max(SWIPE, Math.abs(y))) deeds.turn(x < 0 ? 1 : -1);
    else if (y > 2 * SWIPE) deeds.leave();
  });

  // A touchpad that pinches sends a wheel with the control key. Nothing under the viewer is scrolled.
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { ctrlKey, deltaX, deltaY } = event;
      if (ctrlKey) deeds.scaleBy(Math.exp(-deltaY / 100), pointOf(event));
      else if (deeds.isLarge()) deeds.move(-deltaX, -deltaY);
    },
    { passive: false },
  );
}
