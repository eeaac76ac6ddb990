import type { AnonymousBeacon, Client } from '../beacon.ts';
import { BrowserState, type FirstHit, visitNumber, type When } from './browser-state.ts';
import type { Intern } from './intern.ts';
import type { Undo } from './undo.ts';
import type { VisitMemory } from './visit-memory.ts';

/** What {@link createBeginVisit} needs. */
export interface BeginVisitDeps {
  readonly memory: VisitMemory;
  /** 32 random bits. */
  readonly random: () => number;
  readonly share: Intern;
}

/** A visit that has begun. */
interface Begun {
  readonly state: BrowserState;
  /** What is known of its browser from now on: that, or with that as its former one. */
  readonly browser: BrowserState;
}

/** @param browser what is known of it so far; it has been saved */
type BeginVisit = (
  beacon: AnonymousBeacon,
  at: number,
  when: When,
  browser: BrowserState | undefined,
  changes: Undo[],
) => Begun;

/** Makes what begins visits. One that begins late, on the day before, leaves that of today untouched. */
export const createBeginVisit = ({ memory, random, share }: BeginVisitDeps): BeginVisit => {
  const takePlace = ({ site }: AnonymousBeacon, at: number, day: string, changes: Undo[]) => {
    const localDay = memory.days.of(site, day, at, random);
    const place = localDay.take();
    changes.push(() => memory.days.giveBack(site, localDay, place));
    return { localDay, place };
  };

  return (beacon, at, when, browser, changes) => {
    const earlier = browser?.of(when.day);
    const { localDay, place } = earlier ?? takePlace(beacon, at, when.day, changes);
    localDay.extend(beacon.site, at);
    const frozen = freeze(beacon, earlier, share);
    const visit = visitNumber(when.time, random());
    const state = new BrowserState({ visit, localDay, place, when, frozen, earlier });
    if (browser !== undefined && when.day < browser.day) {
      browser.former = state;
      return { state, browser };
    }
    if (browser !== undefined) {
      state.former = earlier === undefined ? memory.formerOf(browser, beacon.at) : browser.former;
      browser.former = null;
    }
    changes.push(memory.put(beacon.browserKey, state));
    return { state, browser: state };
  };
};

const freeze = (
  { origin, client, screen, page }: AnonymousBeacon,
  earlier: BrowserState | undefined,
  share: Intern,
): FirstHit => ({
  origin: share(origin),
  client: earlier === undefined ? share(client) : clientOf(earlier.first.client, client, share),
  screen,
  entry_page: share(page.path),
  first_visit: earlier === undefined ? 1 : 0,
});

/**
 * What the browser is, and where, is what it was at first today: only its language may be another one. What the site keeps
 * no more since then is left away.
 */
const clientOf = (first: Client, { language, region, city }: Client, share: Intern): Client => {
  const kept = {
    language,
    region: region === '' ? '' : first.region,
    city: city === '' ? '' : first.city,
  };
  const isAsFirst = first.language === language && first.region === kept.region && first.city === kept.city;
  return isAsFirst ? first : share({ ...first, ...kept });
};
