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
import { claimedHosts, originOf } from './recognise/origin.ts';
import { isSpam } from './recognise/spam.ts';
import { rulesOf } from './rules.ts';

/** What {@link createAnonymise} needs. */
export interface AnonymiseDeps {
  readonly geo: Geo;
  readonly keys: VisitorKeys;
}

/**
 * Makes the stage that forgets who it was. Past it there is no address and no user agent: of the address remains a
 * country, of the agent the names in closed lists, and of both together a key that dies with the process. What people
 * may have typed is scrubbed. Visitors who ask not to be counted, robots, pages fetched ahead and what the owner wants
 * left out end here: the address is compared with the owner's list before it is forgotten.
 */
export const createAnonymise = ({ geo, keys }: AnonymiseDeps): ((beacon: ValidBeacon) => AnonymousBeacon | Drop) => {
  const recognise = createRecognise();
  const languageOf = createLanguageOf();

  return (beacon) => {
    const { at, site, sender, url } = beacon;
    const rules = rulesOf(site);
    if (sender.gpc) return drop('gpc');
    if (sender.dnt && site.dnt) return drop('dnt');
    if (sender.prefetch) return drop('prefetch');
    if (rules.ignoresAddress(sender.address)) return drop('ignored');
    const agent = recognise(sender.agent);
    if (agent.bot) return drop('bot');
    if (!rules.allowsHostname(url.hostname)) return drop('hostname');
    const page = pageOf(beacon);
    if (rules.excludesPage(page.path)) return drop('page');
    const country = geo.country(sender.address);
    if (rules.blocksCountry(country)) return drop('country');
    const arrival = { url, referrer: beacon.referrer, siteDomain: site.domain };
    const hosts = claimedHosts(arrival);
    if (hosts.some(rules.blocksSource)) return drop('source');
    if (hosts.some(isSpam)) return drop('spam');
    return {
      at,
      site,
      batch: beacon.batch,
      release: scrubText(beacon.release),
      screen: beacon.screen,
      late: beacon.late,
      browserKey: keys.browserKey(site.id, networkOf(sender.address), sender.agent, at),
      page,
      origin: originOf(arrival),
      client: clientOf(agent, languageOf(sender.languages), country),
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
