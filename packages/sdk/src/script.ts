import { start } from './start.ts';

/**
 * The script tag. Its options are data attributes:
 * `<script defer src="https://stats.example.com/p.js" data-site="example.com"></script>`
 * A page that holds it twice is counted once. As a module it cannot know its tag, and does nothing.
 */
const { src, dataset } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>;
if (src && dataset && !window.passerby?.track)
  window.passerby = start({
    ...dataset,
    to: dataset.to || new URL('in', src).href,
    local: 'local' in dataset,
    hash: 'hash' in dataset,
  });
