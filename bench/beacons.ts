import { createAnonymise } from '../packages/collector/src/ingest/anonymise.ts';
import type { AnonymousBeacon } from '../packages/collector/src/ingest/beacon.ts';
import { isDrop } from '../packages/collector/src/ingest/drop.ts';
import { NO_HINTS } from '../packages/collector/src/ingest/enrich/client-hints.ts';
import { createValidate } from '../packages/collector/src/ingest/validate.ts';
import { openGeo } from '../packages/collector/src/privacy/geo.ts';
import { VisitorKeys } from '../packages/collector/src/privacy/keys.ts';
import type { Item } from '../packages/sdk/src/wire.ts';
import { createRandom } from '../test/support/clock.ts';
import { SITE } from './scale-sim/beacon.ts';

const REFERRERS = ['https://www.google.com/', 'https://news.ycombinator.com/item?id=1', 'https://t.co/abc'];
const PAGES = 5000;

/**
 * A view of some page by a browser, given by its number, or other items from there, as the stages before `visit` make it
 * of what a page sends.
 */
export type MakeView = (browser: number, at: number, items?: readonly Item[]) => AnonymousBeacon;

/** @param seed the same for the same views */
export const createMakeView = async (seed: number, now = Date.now()): Promise<MakeView> => {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const validate = createValidate((domain) => (domain === SITE.domain ? SITE : undefined));
  const anonymise = createAnonymise({ geo: await openGeo(), keys: new VisitorKeys(now) });
  return (browser, at, items = [{ k: 'view' }]) => {
    const body = JSON.stringify({
      b: `${browser}${below(2 ** 32)}`,
      s: SITE.domain,
      u: `https://${SITE.domain}/page-${below(PAGES)}`,
      t: 'A page of the site',
      ...(random() < 0.3 && { r: REFERRERS[below(REFERRERS.length)] }),
      w: 'l',
      i: items,
    });
    const sender = {
      address: `${11 + (browser >>> 24)}.${(browser >>> 16) & 255}.${(browser >>> 8) & 255}.${browser & 255}`,
      agent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/${120 + (browser % 26)}.0`,
      hints: NO_HINTS,
      languages: 'de-DE,de;q=0.9,en;q=0.8',
      gpc: false,
      dnt: false,
      prefetch: false,
    };
    const beacon = anonymise(validate({ at, sender, body }));
    if (isDrop(beacon)) throw new Error(`dropped: ${beacon.drop}`);
    return beacon;
  };
};
