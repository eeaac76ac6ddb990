import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const NAME = 'first-paint.js';
const SOURCE = `src/${NAME}`;

/**
 * Puts `src/first-paint.js` into the head as a script that holds back the first paint. Vite itself bundles modules
 * only, which run after it, and the collector's policy lets no inline script run.
 */
export const firstPaint = (): Plugin => ({
  name: 'passerby-first-paint',
  async buildStart() {
    if (this.meta.watchMode) return;
    this.emitFile({ type: 'asset', name: NAME, source: await readFile(new URL(SOURCE, import.meta.url), 'utf8') });
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) => {
      const built = Object.values(bundle).find((file) => file.type === 'asset' && file.names.includes(NAME));
      // Without a bundle this is Vite's development server, which serves the source.
      return [
        { tag: 'script', attrs: { src: built ? `./${built.fileName}` : `/${SOURCE}` }, injectTo: 'head-prepend' },
      ];
    },
  },
});
