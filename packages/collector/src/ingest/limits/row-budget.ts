import type { AnonymousBeacon, Hit, Properties } from '../beacon.ts';
import type { BrowserState } from '../visits/browser-state.ts';

/**
 * Bytes of texts on the rows that one beacon may become. What its items share is copied to each row, so that 64 KiB of a
 * body could become a hundred times as much. The largest that the SDK sends are 45 KiB of items and, on a page of ordinary
 * names, half a KiB more for each of at most a hundred: they fit four times over. What a row takes beyond its texts is less
 * than 600 bytes, and there are at most a hundred: with them, and with the properties below, it is 572 KiB at most.
 */
export const MOST_TEXT_BYTES = 448 * 1024;

/**
 * Bytes of the page's properties on all rows of a beacon together: for a hundred items 650 each. From there on views,
 * events and engagement count without them.
 */
export const MOST_PROPS_BYTES = 64 * 1024;

/** So few items fit whatever they say: a body has 64 KiB, and what they share takes 25 KiB of a row at most. */
const FEW = 4;

/** What says what its page says of itself. */
const WITH_PROPS: ReadonlySet<Hit['kind']> = new Set(['view', 'event', 'engagement']);

const NO_PROPS: Properties = {};

/** Room for the rows of a beacon. */
export interface RowBudget {
  /** True if there is room for a row of this item; it is taken then. `known`: the visit it belongs to, if there is one. */
  take(hit: Hit, known: BrowserState | undefined): boolean;
  /** The page's properties for a row of this item, while there is room for them. */
  propsFor(hit: Hit): Properties;
}

/** The room that one beacon has. */
export const createRowBudget = (beacon: AnonymousBeacon): RowBudget => {
  let [left, propsLeft] = [MOST_TEXT_BYTES, MOST_PROPS_BYTES];
  const areFew = beacon.items.length <= FEW;
  const shared = areFew ? 0 : bytes([...Object.values(beacon.page), beacon.release].join(''));
  const props = beacon.items.length === 1 ? 0 : bytes(beacon.props);
  let visit: BrowserState | undefined;
  let frozen = -1;

  /** What the visit says on each of its rows, and the page before. */
  const frozenOf = (known: BrowserState | undefined): number => {
    if (frozen < 0 || known !== visit) {
      const { origin, entry_page } = known?.frozen ?? { origin: beacon.origin, entry_page: beacon.page.path };
      frozen = bytes([...Object.values(origin), entry_page].join(''));
    }
    visit = known;
    return frozen + Math.max(known?.viewed.length ?? 0, beacon.page.path.length);
  };

  return {
    take(hit, known) {
      if (areFew) return true;
      const own = hit.kind === 'view' || hit.kind === 'engagement' ? 0 : bytes(hit);
      const taken = shared + frozenOf(known) + own;
      if (taken > left) return false;
      left -= taken;
      return true;
    },
    propsFor(hit) {
      if (!WITH_PROPS.has(hit.kind) || props > propsLeft) return NO_PROPS;
      propsLeft -= props;
      return beacon.props;
    },
  };
};

/** As it is written in a row. */
const bytes = (value: object | string): number => Buffer.byteLength(JSON.stringify(value));
