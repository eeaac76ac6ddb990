import type { Passerby } from './calls.ts';
import type { Log } from './log.ts';
import type { Options } from './options.ts';

declare global {
  interface Window {
    /** A page sets `off` or `beforeSend` before the script; afterwards it holds the calls. */
    passerby?: Partial<Passerby & Log & Pick<Options, 'beforeSend'>> & { off?: boolean };
  }
}

/**
 * Starts as the script tag says. Its options are data attributes:
 * `<script defer src="https://stats.example.com/p.js" data-site="example.com"></script>`
 * A page that holds it twice is counted once. As a module it cannot know its tag, and does nothing.
 */
export const startByTag = (start: (options: Options) => Passerby): void => {
  const { src, dataset } = document.currentScript as HTMLScriptElement;
  if (window.passerby?.track) return;
  window.passerby = start({
    ...window.passerby,
    ...dataset,
    to: dataset.to || new URL('in', src).href,
    local: 'local' in dataset,
    hash: 'hash' in dataset,
    manual: 'manual' in dataset,
  });
};
