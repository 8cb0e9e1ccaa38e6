(async () => {
  const problems = [];
  const own = "http://www.w3.org/2000/svg";
  const local = /^(#|data:(image\/(png|jpeg|gif|webp|avif)|font\/))/;
  for (const element of document.querySelectorAll("*")) {
    const excerpt = element.outerHTML.slice(0, 300);
    if (element.namespaceURI !== own || /^(script|foreignObject|handler|iframe)$/.test(element.localName)) {
      problems.push(`a foreign element: ${excerpt}`);
    }
    for (const { localName, value } of element.attributes) {
      if (localName.startsWith("on") || (localName === "href" && !local.test(value))) {
        problems.push(`the attribute ${localName}: ${excerpt}`);
      }
    }
    for (const type of ["load", "focus", "focusin", "mouseover", "mousedown", "error", "beginEvent", "activate"]) {
      element.dispatchEvent(new Event(type));
    }
    element.dispatchEvent(new MouseEvent("click", { cancelable: true }));
  }
  if (document.documentElement.localName !== "svg") problems.push("it is no picture");
  await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  const page = window.wrappedJSObject ?? window;
  for (const name of Object.keys(page)) if (name.startsWith("ran_")) problems.push(`${name.slice(4)} ran`);
  return problems;
})()
