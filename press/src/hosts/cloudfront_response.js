// For CloudFront Functions, runtime cloudfront-js-2.0: viewer response.
const base = PRESS_BASE;
const everywhere = PRESS_EVERYWHERE;
const rules = PRESS_RULES;

function handler(event) {
  const response = event.response;
  let path = event.request.uri;
  try {
    path = decodeURIComponent(path);
  } catch (error) {
    return response;
  }
  if (!path.startsWith(base) || ![200, 206, 304].includes(response.statusCode)) return response;
  const below = path.slice(base.length);
  const rule = rules.find((it) => new RegExp(it[0]).test(below));
  for (const headers of [everywhere, rule ? rule[1] : {}]) {
    for (const name in headers) response.headers[name] = headers[name];
  }
  return response;
}
