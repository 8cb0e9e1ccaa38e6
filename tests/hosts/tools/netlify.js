// Serves a folder with its _headers and _redirects, by the packages of Netlify's development server, in the order
// of NetlifyDev.handleInEphemeralDirectory of @netlify/dev. Arguments: folder, port.

import { createServer } from "node:http";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { HeadersHandler } from "@netlify/headers";
import { RedirectsHandler } from "@netlify/redirects";
import { StaticHandler } from "@netlify/static";

const [folder, port] = process.argv.slice(2);
const root = resolve(folder);
const files = new StaticHandler({ directory: root });
const notFound = new StaticHandler({ directory: root });
const headers = new HeadersHandler({ projectDir: root, logger: console });
const redirects = new RedirectsHandler({
  configRedirects: [],
  jwtRoleClaim: "",
  jwtSecret: "",
  projectDir: root,
  publicDir: root,
});

const missing = async () => {
  const page = await notFound.match(new Request("http://localhost/404.html"));
  const found = await page?.handle();
  return new Response(found?.body ?? "Not found", { status: 404, headers: found?.headers });
};
const file = async (request) => (await files.match(request))?.handle;

const answer = async (request) => {
  const redirect = await redirects.match(request);
  if (redirect) {
    const response = await redirects.handle(request, redirect, file);
    if (response) return response;
  }
  const handle = await file(request);
  if (!handle) return missing();
  const response = await handle();
  await headers.apply(request, response);
  return response;
};

createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url, `http://127.0.0.1:${port}`);
  const response = await answer(
    new Request(url, { method: incoming.method, headers: incoming.headers }),
  );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (incoming.method === "HEAD" || !response.body) outgoing.end();
  else Readable.fromWeb(response.body).pipe(outgoing);
}).listen(Number(port), "127.0.0.1");
