import type { Options } from './options.ts';
import { tell } from './tell.ts';

/** A script that is a module, or that was loaded as a text, is not told its tag. */
const findTag = (): HTMLOrSVGScriptElement | null =>
  document.currentScript ?? document.querySelector<HTMLScriptElement>('script[src*="/p."],script[data-to]');

/**
 * Starts as the script tag says. Its options are data attributes:
 * `<script defer src="https://stats.example.com/p.js" data-site="example.com"></script>`
 */
export const startByTag = (start: (options: Options) => void): void => {
  const { src = '', dataset = {} as DOMStringMap } = (findTag() ?? {}) as Partial<HTMLScriptElement>;
  if (!src && !dataset.to) tell('no tag with src or data-to');
  else
    start({
      ...window.passerby,
      ...(dataset as Partial<Options>),
      to: dataset.to || new URL('in', src).href,
      local: 'local' in dataset,
      hash: 'hash' in dataset,
      manual: 'manual' in dataset,
    });
};
