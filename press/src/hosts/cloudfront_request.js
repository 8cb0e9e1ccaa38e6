// For CloudFront Functions, runtime cloudfront-js-2.0: viewer request.
// The distribution also needs custom error responses for 403 and 404: the site's 404.html, with the code 404.
const base = PRESS_BASE;
const hidden = new RegExp(PRESS_HIDDEN);
const old = PRESS_OLD;

function moved(path, query) {
  const parts = [];
  for (const name in query) {
    const values = query[name].multiValue || [query[name]];
    for (const it of values) parts.push(it.value === "" ? name : name + "=" + it.value);
  }
  const location = encodeURI(path) + (parts.length > 0 ? "?" + parts.join("&") : "");
  return { statusCode: 301, statusDescription: "Moved Permanently", headers: { location: { value: location } } };
}

function handler(event) {
  const request = event.request;
  let path = request.uri;
  try {
    path = decodeURIComponent(path);
  } catch (error) {
    return { statusCode: 404, statusDescription: "Not Found" };
  }
  if (path + "/" === base) return moved(base, request.querystring);
  if (!path.startsWith(base)) return request;
  const below = path.slice(base.length);
  if (hidden.test(below)) return { statusCode: 404, statusDescription: "Not Found" };
  const key = below.replace(/(?:\/(?:index\.html)?)?$/, "");
  if (Object.prototype.hasOwnProperty.call(old, key)) return moved(base + old[key], request.querystring);
  const last = below.slice(below.lastIndexOf("/") + 1);
  // An address that begins with two slashes would lead to another host.
  if (last !== "" && !last.includes(".")) return moved("/" + path.replace(/^\/+/, "") + "/", request.querystring);
  if (last === "") request.uri += "index.html";
  return request;
}
