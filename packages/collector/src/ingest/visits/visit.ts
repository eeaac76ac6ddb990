import { siteZone } from '../../sites/site-zone.ts';
import type { Row } from '../../store/row.ts';
import type { AnonymousBeacon, Hit, VisitedBeacon } from '../beacon.ts';
import { alsoLeft } from '../drop.ts';
import { createRowBudget } from '../limits/row-budget.ts';
import { attached, opened } from './attach.ts';
import { type BeginVisitDeps, createBeginVisit } from './begin-visit.ts';
import type { BrowserState, When } from './browser-state.ts';
import { countHit } from './count-hit.ts';
import { createInterner } from './intern.ts';
import { type Undo, undoAll } from './undo.ts';

/** What {@link createVisit} needs. */
export type VisitDeps = Pick<BeginVisitDeps, 'memory' | 'random'>;

/**
 * Finds each hit's visit and works out what it adds to the numbers (docs/counting.md has the rules in words). Only
 * views and events begin or extend a visit; the rest attaches to the browser's last one while that is known. E-mails that
 * were opened are of no visit at all.
 */
export const createVisit = ({ memory, random }: VisitDeps): ((beacon: AnonymousBeacon) => VisitedBeacon) => {
  const share = createInterner();
  const begin = createBeginVisit({ memory, random, share });

  return (beacon) => {
    let browser = memory.find(beacon.browserKey);
    const changes: Undo[] = [];
    let saved: BrowserState | undefined;
    const room = createRowBudget(beacon);
    const rows: Row[] = [];
    let { left } = beacon;
    for (const hit of beacon.items) {
      const when = whenOf(beacon, hit.at);
      const known = visitOf(browser, hit, when);
      // What does not fit changes nothing.
      if (!room.take(hit, known)) continue;
      for (const reason of hit.mended ?? []) left = alsoLeft(left, reason);
      const props = room.propsFor(hit);
      if (hit.kind === 'open') {
        rows.push(opened(beacon, hit, when));
        continue;
      }
      const changing = known ?? browser;
      if (changing !== undefined && changing !== saved) changes.push(changing.save());
      saved = changing;
      if (hit.kind !== 'view' && hit.kind !== 'event') rows.push(attached({ beacon, hit, when, state: known, props }));
      else if (known !== undefined) rows.push(countHit({ beacon, hit, when, state: known, props, share }));
      else {
        const begun = begin(beacon, hit.at, when, browser, changes);
        browser = begun.browser;
        rows.push(countHit({ beacon, hit, when, state: begun.state, props, share }));
      }
    }
    if (browser !== undefined && browser.weight !== browser.units) changes.push(memory.weigh(browser));
    left = alsoLeft(left, 'size', beacon.items.length - rows.length);
    return { at: beacon.at, rows, left, undo: () => undoAll(changes) };
  };
};

const whenOf = ({ site }: AnonymousBeacon, at: number): When => {
  const local = siteZone(site, at);
  return { time: Math.floor(at / 1000), day: local.day(at), hour: local.hourStart(at) };
};

/** The visit that a hit belongs to; undefined: none, or it begins one. */
const visitOf = (browser: BrowserState | undefined, { kind }: Hit, when: When): BrowserState | undefined => {
  if (browser === undefined || kind === 'open') return undefined;
  const state = browser.of(when.day);
  if (kind !== 'view' && kind !== 'event') return state ?? browser.before(when);
  return state?.isGoingOn(when.time) === true ? state : undefined;
};
