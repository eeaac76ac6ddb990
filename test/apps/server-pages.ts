import { readFileSync } from 'node:fs';
import type { App } from './apps.ts';

const TITLES: Readonly<Record<string, string>> = {
  '/': 'Home',
  '/a': 'A',
  '/b/1': 'B 1',
  '/b/2': 'B 2',
  '/late': 'Late',
};
const LINKS = {
  Home: '/',
  A: '/a',
  'B 1': '/b/1',
  'B 2': '/b/2',
  Late: '/late',
  Moved: '/moved',
  Sorted: '/a?sort=up',
};

interface Library {
  readonly file: string;
  /** What takes the links of the body. */
  readonly body: string;
}

const LIBRARIES: Readonly<Record<string, Library>> = {
  '@hotwired/turbo': { file: '@hotwired/turbo/dist/turbo.es2017-umd.js', body: '<body>' },
  'htmx.org': { file: 'htmx.org/dist/htmx.min.js', body: '<body hx-boost:inherited="true">' },
};

const links = Object.entries({ ...LINKS, Part: '#part' })
  .map(([name, to]) => `<a href="${to}">${name}</a>`)
  .join(' ');

/** What a server answers of an application whose pages it writes, by path: a library fetches them and exchanges the body. */
export const createServerPages = (app: App): ((path: string) => string | Buffer | undefined) => {
  const library = LIBRARIES[app.package];
  if (library === undefined) throw new Error(`There is no library for ${app.name}.`);
  const script = readFileSync(new URL(`node_modules/${library.file}`, import.meta.url));
  return (path) => {
    if (path === '/library.js') return script;
    const title = TITLES[path];
    return (
      title &&
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<script defer src="/library.js"></script></head>${library.body}<nav>${links}</nav><h1>${title}</h1><p id="part">Part</p></body></html>`
    );
  };
};
