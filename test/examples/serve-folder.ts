import { existsSync, readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { extname, join } from 'node:path';
import { pathOf } from '../support/web.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.pdf': 'application/pdf',
};
const TEXT = ['.html', '.js'];

/**
 * Serves a folder as hosts for static sites do, but over http: so is all that its pages name.
 * @param fallback what answers where there is no file: `404.html`, or `index.html` for an application with a router
 */
export const serveFolder =
  (folder: string, fallback: '404.html' | 'index.html' = '404.html'): RequestListener =>
  (request, response) => {
    const asked = fileAt(join(folder, pathOf(request.url)));
    const file = asked ?? join(folder, fallback);
    const type = extname(file);
    const content = readFileSync(file);
    response.writeHead(asked === null && fallback === '404.html' ? 404 : 200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
    });
    response.end(TEXT.includes(type) ? content.toString().replaceAll('https://', 'http://') : content);
  };

const fileAt = (path: string): string | null => {
  if (!existsSync(path)) return null;
  return statSync(path).isDirectory() ? fileAt(join(path, 'index.html')) : path;
};
