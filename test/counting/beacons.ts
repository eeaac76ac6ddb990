import type { Beacon, Item, Properties, WidthClass } from '../../packages/sdk/src/wire.ts';
import type { Client } from '../support/test-collector.ts';
import { asBrave, braveHint } from './agents.ts';
import type { Dice } from './dice.ts';
import type { Arrival } from './model.ts';
import { MINUTE, type Person, type Step } from './people.ts';
import { cityIn, LANGUAGES, regionIn, SAID, type TestSite } from './world.ts';

/** A beacon on its way: what is sent, by whom, and what the textbook is told of it. */
export interface Sending {
  /** Where there is no JavaScript it is asked for as an image, as far as that can say it. */
  readonly beacon: Beacon;
  readonly client: Client;
  readonly arrival: Arrival;
}

/** Steps that travel together: of one tab and page. */
type Pack = [Step, ...Step[]];

/** What is drawn for a beacon, and stays if it is sent again. */
interface Envelope {
  readonly via: string;
  readonly batch: string | null;
  readonly width: WidthClass | undefined;
  readonly title: string;
  readonly props: Properties;
  readonly language: Person['language'];
  /** It shares address and agent with another browser, and says so by a client hint. */
  readonly isBrave: boolean;
}

const WIDTHS: readonly (WidthClass | undefined)[] = ['s', 'm', 'l', 'xl', undefined];

/** The beacons that carry steps to the collector: some late, some twice, some with several steps, some as images. */
export const deliveries = (person: Person, site: TestSite, steps: readonly Step[], dice: Dice): Sending[] => {
  if (dice.chance(0.1)) return images(person, site, steps);
  const isPatchy = dice.chance(0.5);
  return packed(steps, dice).flatMap((pack) => {
    const batch = dice.chance(0.9) ? `batch-${dice.below(2 ** 32)}-${dice.below(2 ** 32)}` : null;
    const envelope: Envelope = {
      via: '',
      batch,
      width: dice.pick(WIDTHS),
      title: dice.pick(SAID[pack[0].page].titles),
      props: SAID[pack[0].page].props,
      language: dice.chance(0.8) ? person.language : dice.pick(LANGUAGES),
      isBrave: dice.chance(0.3),
    };
    const at = (pack.at(-1) ?? pack[0]).at + delay(dice, isPatchy);
    const times = batch !== null && dice.chance(0.05) ? [at, at + 1 + dice.below(12 * MINUTE)] : [at];
    return times.map((time) => sending(person, site, pack, envelope, time));
  });
};

/** Without JavaScript there are views alone, and the page says nothing of itself. */
const images = (person: Person, site: TestSite, steps: readonly Step[]): Sending[] =>
  steps
    .filter(({ item }) => item.k === 'view')
    .map((step) => {
      const { language } = person;
      const plain = { via: 'image', batch: null, width: undefined, title: '', props: {}, language, isBrave: false };
      return sending(person, site, [step], plain, step.at);
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

/** Most beacons are sent at once, some late, a few too late; by a patchy network most are late, in any order. */
const delay = (dice: Dice, isPatchy: boolean): number => {
  if (isPatchy) return dice.below(11 * MINUTE);
  if (dice.chance(0.85)) return dice.below(1000);
  return dice.pick([dice.below(10 * MINUTE), dice.below(5 * MINUTE), 10 * MINUTE - 1, 10 * MINUTE, 10 * MINUTE + 1]);
};

const sending = (person: Person, site: TestSite, pack: Pack, envelope: Envelope, at: number): Sending => {
  const { network, country, address, agent } = person;
  const { via, batch, width, title, props, language, isBrave } = envelope;
  const { tab, page, entrance } = pack[0];
  const items = pack.map((step): Item => ({ ...step.item, a: at - step.at }));
  const arrival: Arrival = {
    browser: `${network} ${agent.text}`,
    at,
    batch,
    hostname: tab.hostname,
    page,
    title,
    via,
    props,
    facts: {
      ...entrance.facts,
      ...(isBrave ? asBrave(agent.facts) : agent.facts),
      'visit:screen': width ?? '',
      'visit:language': language.language,
      'visit:country': country,
      'visit:region': site.places === 'country' ? '' : regionIn(country, at),
      'visit:city': site.places === 'city' ? cityIn(country, at) : '',
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
    client: {
      address: address(),
      agent: agent.text,
      headers: { 'accept-language': language.header, ...(isBrave ? braveHint(agent.facts) : {}) },
    },
  };
};
