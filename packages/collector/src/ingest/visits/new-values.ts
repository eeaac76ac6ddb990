import { NEW_VALUES } from '../../store/row.ts';
import type { BrowserState, FirstHit } from './browser-state.ts';
import { fnv1a } from './fnv1a.ts';

/**
 * Which of {@link NEW_VALUES} a visit that begins brings its browser for the first time today, the first of them as bit 0:
 * values that neither the day's first visit had nor one after it. Nothing is noted of a browser that returns with the same.
 */
export const newValues = (state: BrowserState): number => {
  const { first, frozen } = state;
  if (first === frozen) return 0;
  let bits = 0;
  for (let bit = 0; bit < VALUES.length; bit++) {
    const read = VALUES[bit] as Read;
    const value = read(frozen);
    if (value === '' || value === read(first)) continue;
    if (state.meet(fnv1a(`v${bit} ${value}`)).day === 1) bits |= 1 << bit;
  }
  return bits;
};

type Read = (hit: FirstHit) => string;

/** Without an object of all of them: it took longer than the rest of a visit's beginning. */
const READ: Readonly<Record<(typeof NEW_VALUES)[number], Read>> = {
  entry_page: (hit) => hit.entry_page,
  source: (hit) => hit.origin.source,
  channel: (hit) => hit.origin.channel,
  referrer: (hit) => hit.origin.referrer,
  utm_source: (hit) => hit.origin.utm_source,
  utm_medium: (hit) => hit.origin.utm_medium,
  utm_campaign: (hit) => hit.origin.utm_campaign,
  utm_content: (hit) => hit.origin.utm_content,
  utm_term: (hit) => hit.origin.utm_term,
  screen: (hit) => hit.screen,
  language: (hit) => hit.client.language,
};
const VALUES = NEW_VALUES.map((name) => READ[name]);
