import type { OnPage } from './window.ts';

/** As many as a load reports. */
const MOST = 1000;

/**
 * Hands a call to whoever counts this page, or keeps it until somebody does; whatever it is that brought it in. On a server, where there is no page, it does
 * nothing.
 */
export const call = (name: 'track' | 'view' | 'page' | 'log', given: readonly unknown[]): void => {
  if (typeof document === 'undefined') return;
  window.passerby ??= {};
  const passerby = window.passerby as Omit<OnPage, 'q'> & { q?: unknown[] };
  const take = passerby[name] as ((...given: readonly unknown[]) => void) | undefined;
  if (take) take(...given);
  else {
    passerby.q ??= [];
    if (passerby.q.length < MOST) passerby.q.push([name, ...given]);
  }
};
