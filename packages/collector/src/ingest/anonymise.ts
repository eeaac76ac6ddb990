import { networkOf } from '../privacy/client-address.ts';
import type { Geo } from '../privacy/geo.ts';
import type { VisitorKeys } from '../privacy/keys.ts';
import { scrubText } from '../privacy/scrub.ts';
import { scrubHost, scrubPath } from '../privacy/scrub-path.ts';
import { scrubProps } from '../privacy/scrub-props.ts';
import { type Drop, drop } from './drop.ts';
import type { AnonymousBeacon, Client, Hit, Page, ValidBeacon } from './hit.ts';
import { type Agent, createRecognise } from './recognise/browser.ts';
import { createLanguageOf } from './recognise/language.ts';
import { originOf } from './recognise/origin.ts';

/** What {@link createAnonymise} needs. */
export interface AnonymiseDeps {
  readonly geo: Geo;
  readonly keys: VisitorKeys;
}

/**
 * Makes the stage that forgets who it was. Past it there is no address and no user agent: of the address remains a
 * country, of the agent the names in closed lists, and of both together a key that dies with the process. What people
 * may have typed is scrubbed. Visitors who ask not to be counted, robots and pages fetched ahead end here.
 */
export const createAnonymise = ({ geo, keys }: AnonymiseDeps): ((beacon: ValidBeacon) => AnonymousBeacon | Drop) => {
  const recognise = createRecognise();
  const languageOf = createLanguageOf();

  return (beacon) => {
    const { at, site, sender, url, referrer } = beacon;
    if (sender.gpc) return drop('gpc');
    if (sender.dnt && site.dnt) return drop('dnt');
    if (sender.prefetch) return drop('prefetch');
    const agent = recognise(sender.agent);
    if (agent.bot) return drop('bot');
    return {
      at,
      site,
      batch: beacon.batch,
      release: scrubText(beacon.release),
      screen: beacon.screen,
      late: beacon.late,
      browserKey: keys.browserKey(site.id, networkOf(sender.address), sender.agent, at),
      page: pageOf(beacon),
      origin: originOf({ url, referrer, siteDomain: site.domain }),
      client: clientOf(agent, languageOf(sender.languages), geo.country(sender.address)),
      items: beacon.items.map(scrubHit),
    };
  };
};

const pageOf = ({ url, title }: ValidBeacon): Page => ({
  hostname: scrubHost(url.hostname),
  path: scrubPath(url.pathname + url.hash),
  title: scrubText(title),
});

const clientOf = (agent: Agent, language: string, country: string): Client => ({
  browser: agent.browser,
  browser_version: agent.browser_version,
  os: agent.os,
  os_version: agent.os_version,
  device: agent.device,
  language,
  country,
});

const scrubHit = (hit: Hit): Hit => {
  switch (hit.kind) {
    case 'view':
    case 'engagement':
      return hit;
    case 'event':
      return { ...hit, name: scrubText(hit.name), props: scrubProps(hit.props) };
    case 'log':
      return { ...hit, message: scrubText(hit.message), props: scrubProps(hit.props) };
    case 'error':
      return { ...hit, message: scrubText(hit.message), stack: scrubText(hit.stack) };
  }
};
