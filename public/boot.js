(() => {
  // The page can be read already. The app is fetched after the first paint, when the browser is
  // idle or the reader shows an intent. If it cannot start, the page stays a page.
  const { app, wasm, shelf } = document.currentScript.dataset;
  let started = false;
  const giveUp = (error) => {
    console.warn("The page stays as it is:", error);
    // Clicks must not reach an app that stopped halfway.
    addEventListener("click", (event) => event.stopImmediatePropagation(), true);
  };
  // The page of saved articles has a script of its own, and works without the app.
  const fillShelf = () => import(shelf).then((module) => module.show()).catch(console.warn);
  addEventListener("broadsheet:shelf", fillShelf);
  const start = () => {
    if (started) return;
    started = true;
    if (document.getElementById("shelf")) fillShelf();
    if (typeof WebAssembly !== "object") return;
    import(app).then((module) => module.default({ module_or_path: wasm })).catch(giveUp);
  };
  addEventListener("error", (event) => {
    if (typeof WebAssembly === "object" && event.error instanceof WebAssembly.RuntimeError) giveUp(event.error);
  });
  const afterPaint = () => {
    for (const intent of ["pointerover", "touchstart", "focusin", "keydown"]) {
      addEventListener(intent, start, { once: true, passive: true });
    }
    if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 3000 });
    else setTimeout(start, 200);
  };
  const observes = "PerformanceObserver" in window
    && (PerformanceObserver.supportedEntryTypes || []).includes("paint");
  if (observes) {
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName("first-contentful-paint").length) return;
      observer.disconnect();
      afterPaint();
    }).observe({ type: "paint", buffered: true });
  } else {
    addEventListener("load", () => setTimeout(afterPaint));
  }
})();
