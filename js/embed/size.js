// Size: the height in pixels that style/embed-frame.css is designed for.

import { countOf } from "./count.js";

/**
 * @param {Element} element
 * @param {number} width in pixels
 */
export function estimate(element, width) {
  const compact = element.hasAttribute("compact");
  const wide = width >= 480;
  if (element.hasAttribute("article")) {
    if (compact) return wide ? 112 : 138;
    return wide ? 252 : Math.ceil((width - 2) * 0.5625) + 214;
  }
  const count = countOf(element.getAttribute("count"));
  if (!compact) return 46 + count * 101;
  return 46 + count * (wide ? 61 : 79);
}
