import type { Item } from '../../packages/sdk/src/wire.ts';
import { AGENTS } from './agents.ts';
import type { Sending } from './beacons.ts';
import { DIRECT } from './entrances.ts';
import type { TestSite } from './world.ts';

/** What happens in a story: when, to whom, on which page. The beacon is sent at once, or late. */
export type Moment = readonly [time: string, who: number, page: string, item: Item, arrives?: string];

const [AGENT] = AGENTS;

/** The beacons of a story that is written down by hand. Times are ISO 8601. */
export const sendingsOf = (site: TestSite, story: readonly Moment[]): Sending[] =>
  story.map(([time, who, page, item, arrives = time]) => {
    const at = Date.parse(arrives);
    const aged: Item = { ...item, a: at - Date.parse(time) };
    const address = `86.150.0.${who}`;
    return {
      beacon: { s: site.domain, u: `https://${site.domain}${page}`, i: [aged] },
      client: { address, agent: AGENT.text, headers: { 'accept-language': 'en' } },
      arrival: {
        browser: address,
        at,
        batch: null,
        hostname: site.domain,
        page,
        title: '',
        via: '',
        props: {},
        facts: {
          ...DIRECT.facts,
          ...AGENT.facts,
          'visit:screen': '',
          'visit:language': 'en',
          'visit:country': 'GB',
          'visit:region': '',
          'visit:city': '',
        },
        items: [aged],
      },
    };
  });
