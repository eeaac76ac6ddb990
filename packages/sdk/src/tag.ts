import type { Options } from './options.ts';

/** A script that is a module, or that was loaded as a text, is not told its tag. */
const { dataset, src } = (document.currentScript ??
  document.querySelector('script[src*="/p."]') ??
  {}) as Partial<HTMLScriptElement>;

/**
 * How the script tag says to start. Its options are data attributes:
 * `<script defer src="https://stats.example.com/p.js" data-site="example.com"></script>`
 */
export const ofTag = {
  ...window.passerby,
  ...dataset,
  to: dataset?.to || (src && new URL('in', src).href),
} as Options;
