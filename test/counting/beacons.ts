import type { Beacon, Item, WidthClass } from '../../packages/sdk/src/wire.ts';
import type { Client } from '../support/test-collector.ts';
import type { Dice } from './dice.ts';
import type { Arrival } from './model.ts';
import { MINUTE, type Person, type Step } from './people.ts';
import { cityIn, regionIn, SAID, type TestSite } from './world.ts';

/** A beacon on its way: what is sent, by whom, and what the textbook is told of it. */
export interface Sending {
  readonly beacon: Beacon;
  readonly client: Client;
  readonly arrival: Arrival;
}

/** Steps that travel together: of one tab and page. */
type Pack = [Step, ...Step[]];

/** What is drawn for a beacon, and stays if it is sent again. */
interface Envelope {
  readonly batch: string | null;
  readonly width: WidthClass | undefined;
}

const WIDTHS: readonly (WidthClass | undefined)[] = ['s', 'm', 'l', 'xl', undefined];

/** The beacons that carry steps to the collector: some late, some twice, some with several steps. */
export const deliveries = (person: Person, site: TestSite, steps: readonly Step[], dice: Dice): Sending[] =>
  packed(steps, dice).flatMap((pack) => {
    const batch = dice.chance(0.9) ? `batch-${dice.below(2 ** 32)}-${dice.below(2 ** 32)}` : null;
    const envelope = { batch, width: dice.pick(WIDTHS) };
    const at = (pack.at(-1) ?? pack[0]).at + delay(dice);
    const times = batch !== null && dice.chance(0.05) ? [at, at + 1 + dice.below(12 * MINUTE)] : [at];
    return times.map((time) => sending(person, site, pack, envelope, time));
  });

/** A view opens a page, and with it a beacon; what happens on the page within five minutes may go with it. */
const packed = (steps: readonly Step[], dice: Dice): Pack[] => {
  const packs: Pack[] = [];
  for (const step of steps) {
    const open = packs.findLast(([first]) => first.tab === step.tab);
    const joins = open !== undefined && step.item.k !== 'view' && step.at - open[0].at < 5 * MINUTE;
    if (joins && dice.chance(0.6)) open.push(step);
    else packs.push([step]);
  }
  return packs;
};

/** Most beacons are sent at once, some late, a few too late. */
const delay = (dice: Dice): number => {
  if (dice.chance(0.85)) return dice.below(1000);
  return dice.pick([dice.below(10 * MINUTE), dice.below(5 * MINUTE), 10 * MINUTE - 1, 10 * MINUTE, 10 * MINUTE + 1]);
};

const sending = (person: Person, site: TestSite, pack: Pack, { batch, width }: Envelope, at: number): Sending => {
  const { network, country, address, agent, language } = person;
  const { tab, page, entrance } = pack[0];
  const { title, props } = SAID[page];
  const items = pack.map((step): Item => ({ ...step.item, a: at - step.at }));
  const arrival: Arrival = {
    browser: `${network} ${agent.text}`,
    at,
    batch,
    hostname: tab.hostname,
    page,
    title,
    props,
    facts: {
      ...entrance.facts,
      ...agent.facts,
      'visit:screen': width ?? '',
      'visit:language': language.language,
      'visit:country': country,
      'visit:region': site.places === 'country' ? '' : regionIn(country),
      'visit:city': site.places === 'city' ? cityIn(country) : '',
    },
    items,
  };
  const beacon: Beacon = {
    s: site.domain,
    u: `https://${tab.hostname}${page}${entrance.query}`,
    i: items,
    ...(title === '' ? {} : { t: title }),
    ...(Object.keys(props).length === 0 ? {} : { p: props }),
    ...(batch === null ? {} : { b: batch }),
    ...(width === undefined ? {} : { w: width }),
    ...(entrance.referrer === '' ? {} : { r: entrance.referrer }),
  };
  return {
    beacon,
    arrival,
    client: { address: address(), agent: agent.text, headers: { 'accept-language': language.header } },
  };
};
