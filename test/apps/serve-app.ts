import { existsSync, readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathOf } from '../support/web.ts';
import type { App } from './apps.ts';
import { createServerPages } from './server-pages.ts';

const DIST = fileURLToPath(new URL('dist', import.meta.url));
const HTML = 'text/html; charset=utf-8';
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.txt': 'text/x-component',
};
/** So long a server takes for the page whose title comes late. */
const LATE_MS = 300;
/** The script that Vite names in a page; it imports the others. */
const ENTRY = /\/index-[^/]+\.js$/;
/** Where a server sends who asks for what has moved; applications do it themselves. */
const MOVED: Readonly<Record<string, string>> = { '/moved': '/moved/on', '/moved/on': '/a' };

/** How the tag gets into a page. */
export type Place = 'first' | 'deferred' | 'late' | 'end of body';

const SRC = 'http://stats.example.com/p.js';

/** Puts the tag into a page. `first`: before all scripts. `late`: as tag managers do, after the router has begun. */
const withTag = (html: string, place: Place, byHash: boolean): string => {
  const hash = byHash ? ' data-hash' : '';
  const tag = `<script src="${SRC}"${hash}></script>`;
  if (place === 'first') return html.replace('<head>', `<head>${tag}`);
  if (place === 'end of body') return html.replace('</body>', `${tag}</body>`);
  if (place === 'deferred') return html.replace('</head>', `${tag.replace('<script', '<script defer')}</head>`);
  const inject = `const tag = Object.assign(document.createElement('script'), { src: '${SRC}' });
    tag.toggleAttribute('data-hash', ${byHash});
    document.head.append(tag);`;
  return html.replace(
    '</head>',
    `<script>addEventListener('load', () => setTimeout(() => { ${inject} }, 300))</script></head>`,
  );
};

/**
 * Serves an application as hosts of static sites do: `/a` is `a.html` or `a/index.html`.
 * @param slowMs so long the first script of one page takes
 */
export const serveApp = (app: App, place: Place, slowMs = 0): RequestListener => {
  const read = app.built === undefined ? createServerPages(app) : createFiles(join(DIST, app.built), app.isSingle);
  return async (request, response) => {
    const path = pathOf(request.url);
    const content = read(path);
    if (content === undefined) {
      const to = MOVED[path];
      response.writeHead(to === undefined ? 404 : 302, to === undefined ? {} : { location: to }).end();
      return;
    }
    const ms = ENTRY.test(path) ? slowMs : path === '/late' && !app.isSingle ? LATE_MS : 0;
    await new Promise((resolve) => setTimeout(resolve, ms));
    response.setHeader('content-type', TYPES[extname(path)] ?? HTML);
    response.end(typeof content === 'string' ? withTag(content, place, app.byHash === true) : content);
  };
};

/** Files of a folder by path, pages as text; where there is none, an application of one page answers by that. */
const createFiles =
  (folder: string, isSingle = false) =>
  (path: string): string | Buffer | undefined => {
    if (!existsSync(folder)) throw new Error(`${folder} was not built: npm run test:apps`);
    const names = [path, `${path}.html`, join(path, 'index.html'), ...(isSingle ? ['index.html'] : [])];
    const file = names.map((name) => join(folder, name)).find((name) => existsSync(name) && statSync(name).isFile());
    if (file === undefined) return undefined;
    return extname(file) === '.html' ? readFileSync(file, 'utf8') : readFileSync(file);
  };
