import type { Site } from '../../sites/site.ts';
import type { AnonymousBeacon, Hit, Revenue } from '../beacon.ts';
import { alsoMended } from '../drop.ts';

/**
 * The stage past which revenue is within what the site says an event may bring in: what is not was a mistake, or made up by
 * somebody else, and is left out. The event counts.
 *
 * By default an event brings in 1,000,000 at most and a site takes 10,000,000 events a day: a day's sum is below 2⁵³ cents
 * by far, so no answer loses one. The store adds up whole thousandths in 64 bits.
 */
export const withinRevenue = (beacon: AnonymousBeacon): AnonymousBeacon => {
  const isOut = isOutside(beacon.site);
  if (!beacon.items.some(isOut)) return beacon;
  return { ...beacon, items: beacon.items.map((item) => (isOut(item) ? withoutRevenue(item) : item)) };
};

type Sold = Hit & { readonly kind: 'event'; readonly revenue: Revenue };

const isOutside =
  ({ maxRevenue, refunds }: Site) =>
  (item: Hit): item is Sold => {
    if (item.kind !== 'event' || item.revenue === undefined) return false;
    const { amount } = item.revenue;
    return Math.abs(amount) > maxRevenue * 1000 || (amount < 0 && !refunds);
  };

const withoutRevenue = ({ revenue: _, ...event }: Sold): Hit => alsoMended(event, 'revenue');
