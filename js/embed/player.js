// The script of the page of a player: loads the player, if a page of the newspaper has framed this one. Whoever opens it
// by its address sees the link.

const link = document.querySelector("a");

/** Whether the page around this one is the newspaper's. */
function isFramed() {
  try {
    // Another site's address cannot be read.
    return parent !== window && parent.location.origin === location.origin;
  } catch {
    return false;
  }
}

if (link?.dataset.frame && isFramed()) {
  const frame = document.createElement("iframe");
  frame.title = link.textContent || "";
  frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  // It may not lead the newspaper's page elsewhere.
  frame.setAttribute(
    "sandbox",
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-presentation",
  );
  frame.src = link.dataset.frame;
  link.replaceWith(frame);
}
