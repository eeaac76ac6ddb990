import type { AnonymousBeacon } from '../beacon.ts';
import { alsoLeft } from '../drop.ts';
import { isInjected } from './is-injected.ts';

/** Past this stage errors are the site's own. What else the beacon has goes on. */
export const withoutInjected = (beacon: AnonymousBeacon): AnonymousBeacon => {
  const items = beacon.items.filter((item) => !isInjected(item));
  const count = beacon.items.length - items.length;
  return count === 0 ? beacon : { ...beacon, items, left: alsoLeft(beacon.left, 'injected', count) };
};
