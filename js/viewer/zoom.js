// Where a picture lies on its stage, and how large: a state without a browser's events.

/** How much larger than the stage a picture may become. */
const MOST = 5;
/** What a double tap does. */
const TAP = 2.5;

/** @typedef {{ x: number, y: number }} Point in pixels from the middle of the stage */

export class Zoom {
  scale = 1;
  x = 0;
  y = 0;
  /** The size of the picture at scale 1, and of the stage. */
  width = 0;
  height = 0;
  stageWidth = 0;
  stageHeight = 0;

  /**
   * Makes the picture as large as its place allows, and not larger than it is.
   * @param {{ width: number, ratio: number }} picture
   * @param {{ clientWidth: number, clientHeight: number }} stage
   */
  fit({ width, ratio }, { clientWidth, clientHeight }) {
    this.stageWidth = clientWidth;
    this.stageHeight = clientHeight;
    this.width = Math.max(1, Math.min(width, clientWidth, clientHeight * ratio));
    this.height = this.width / ratio;
    this.move(0, 0);
  }

  reset() {
    this.scale = 1;
    this.move(0, 0);
  }

  /**
   * Makes the picture larger or smaller; the point stays where it is.
   * @param {number} scale
   * @param {Point} at
   */
  to(scale, { x, y }) {
    const before = this.scale;
    this.scale = Math.min(MOST, Math.max(1, scale));
    const by = this.scale / before;
    this.x = x - (x - this.x) * by;
    this.y = y - (y - this.y) * by;
    this.move(0, 0);
  }

  /** Larger, or as before. @param {Point} at */
  toggle(at) {
    this.to(this.scale > 1 ? 1 : TAP, at);
  }

  /**
   * Moves the picture, which never leaves more of the stage empty than it must.
   * @param {number} x
   * @param {number} y
   */
  move(x, y) {
    const most = (/** @type {number} */ size, /** @type {number} */ stage) =>
      Math.max(0, (size * this.scale - stage) / 2);
    const within = (/** @type {number} */ value, /** @type {number} */ limit) =>
      Math.min(limit, Math.max(-limit, value));
    this.x = within(this.x + x, most(this.width, this.stageWidth));
    this.y = within(this.y + y, most(this.height, this.stageHeight));
  }
}
