import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';

/** What the app's server says; the rest it does not know. */
const answers = [
  [/^\/api\/gone/, (response) => response.destroy()],
  [
    /^\/api\/page/,
    (response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Shop</title>'),
  ],
  [/^\/api\/orders\/|^\/api\/mirrors\//, (response) => response.writeHead(503).end('busy')],
  [
    /^\/api\/found/,
    (response) => response.setHeader('content-type', 'application/json').end('{"hits":[{"card":null}]}'),
  ],
  // Never, as far as the page can tell.
  [/^\/api\/slow/, () => undefined],
];

/** Serves a release of a site. @param page makes the document, anew for each visit */
export const serve = async ({ out, page }) => {
  const server = createServer((request, response) => {
    const answer = answers.find(([path]) => path.test(request.url));
    if (answer !== undefined) return answer[1](response);
    if (request.url.split('?')[0] === '/')
      return response.setHeader('content-type', 'text/html; charset=utf-8').end(page());
    const file = join(out, basename(request.url));
    if (!request.url.startsWith('/assets/') || !existsSync(file)) return response.writeHead(404).end('not found');
    response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, close };
};
