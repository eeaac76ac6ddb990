import { cleanLines, isSeen } from '../lib/clean-text.ts';
import { networkOf } from '../lib/ip-address.ts';
import type { Geo, Place } from '../privacy/geo.ts';
import type { VisitorKeys } from '../privacy/keys.ts';
import { cutPath, scrubHost, scrubPath } from '../privacy/scrub/path.ts';
import { scrubProps } from '../privacy/scrub/props.ts';
import { scrubToLength } from '../privacy/scrub/scrub-to-length.ts';
import type { Site } from '../sites/site.ts';
import { LONGEST } from '../store/text-limits.ts';
import { rulesOf } from './apply-site-rules.ts';
import type { AnonymousBeacon, Client, Hit, Page, ValidBeacon } from './beacon.ts';
import { type Drop, drop } from './drop.ts';
import type { Agent } from './enrich/agent.ts';
import { createRecognise } from './enrich/browser.ts';
import { createLanguageOf } from './enrich/language.ts';
import { showsMail } from './enrich/mail.ts';
import { mergedPath } from './enrich/merged-path.ts';
import { claimedHosts, trafficOrigin } from './enrich/origin.ts';
import { pageQuery } from './enrich/page-query.ts';
import { isSpam } from './enrich/spam.ts';

/** What {@link createAnonymise} needs. */
export interface AnonymiseDeps {
  readonly geo: Geo;
  readonly keys: VisitorKeys;
}

/**
 * Makes the stage that forgets who it was. Past it there is no address, no user agent and no client hint: of the address
 * remains a country, a region or a city, of agent and hints the names in closed lists, and of address and agent together
 * a key that dies with the process. What people may have typed is scrubbed. Visitors who ask not to be counted, robots,
 * pages fetched ahead and what the owner wants left out end here: the address is compared with the owner's list before
 * it is forgotten.
 */
export const createAnonymise = ({ geo, keys }: AnonymiseDeps): ((beacon: ValidBeacon) => AnonymousBeacon | Drop) => {
  const recognise = createRecognise();
  const languageOf = createLanguageOf();

  return (beacon) => {
    const { at, site, sender, url } = beacon;
    const { collect } = site;
    const isMail = beacon.items[0]?.kind === 'open';
    const rules = rulesOf(site);
    if (sender.gpc) return drop('gpc');
    if (sender.dnt && site.dnt) return drop('dnt');
    if (sender.prefetch) return drop('prefetch');
    if (rules.ignoresAddress(sender.address)) return drop('ignored');
    const agent = recognise(sender.agent, sender.hints);
    if (agent.bot && !(isMail && showsMail(sender.agent))) return drop('bot');
    if (!isMail && !rules.allowsHostname(url.hostname)) return drop('hostname');
    const scrubbed = scrubPath(url.pathname + url.hash);
    const path = mergedPath(scrubbed, site.mergedPages);
    if (!isMail && [scrubbed, path].some(rules.excludesPage)) return drop('page');
    const place = geo.place(sender.address);
    if (rules.blocksCountry(place.country)) return drop('country');
    const arrival = { url, referrer: beacon.referrer, site, ignoresReferrer: rules.ignoresReferrer };
    const hosts = claimedHosts(arrival);
    if (hosts.some(rules.blocksSource)) return drop('source');
    if (site.spamList && hosts.some(isSpam)) return drop('spam');
    return {
      at,
      site,
      batch: beacon.batch,
      release: scrubToLength(beacon.release, LONGEST.release),
      screen: collect.screens ? beacon.screen : '',
      props: scrubProps(beacon.props),
      via: beacon.via,
      left: beacon.left,
      browserKey: keys.browserKey(site.id, networkOf(sender.address), sender.agent, at),
      page: pageOf(beacon, path),
      origin: trafficOrigin(arrival),
      client: clientOf(agent, collect.languages ? languageOf(sender.languages) : '', kept(place, collect.places)),
      items: beacon.items.map(scrubHit),
    };
  };
};

const pageOf = ({ site, url, title }: ValidBeacon, path: string): Page => ({
  hostname: scrubHost(url.hostname),
  path: site.queryParameters.length === 0 ? path : withQuery(path, pageQuery(url.searchParams, site.queryParameters)),
  // The SDK cuts it to what is kept.
  title: scrubToLength(title, LONGEST.title, { cutAt: LONGEST.title }),
});

/** Before the route in the fragment, where browsers have it. Of a path that leaves too little room the end goes. */
const withQuery = (whole: string, query: string): string => {
  const path = cutPath(whole, LONGEST.page - query.length);
  const route = path.indexOf('#');
  return route < 0 ? path + query : path.slice(0, route) + query + path.slice(route);
};

/** The place as exactly as the site keeps it. */
const kept = ({ country, region, city }: Place, places: Site['collect']['places']): Place => ({
  country,
  region: places === 'country' ? '' : region,
  city: places === 'city' ? city : '',
});

const clientOf = (agent: Agent, language: string, { country, region, city }: Place): Client => ({
  browser: agent.browser,
  browser_version: agent.browser_version,
  os: agent.os,
  os_version: agent.os_version,
  device: agent.device,
  language,
  country,
  region,
  city,
});

const scrubHit = (hit: Hit): Hit => {
  switch (hit.kind) {
    case 'view':
    case 'engagement':
      return hit;
    case 'event':
      return { ...hit, name: scrubName(hit.name), props: scrubProps(hit.props) };
    case 'open':
      return { ...hit, name: scrubName(hit.name) };
    case 'log':
      return { ...hit, message: scrubToLength(hit.message, LONGEST.message, LINES), props: scrubProps(hit.props) };
    case 'error':
      return {
        ...hit,
        message: scrubToLength(hit.message, LONGEST.message, LINES),
        stack: scrubToLength(hit.stack, LONGEST.stack, LINES),
      };
  }
};

const LINES = { clean: cleanLines };

const scrubName = (name: string): string => {
  const kept = scrubToLength(name, LONGEST.name);
  return isSeen(kept) ? kept : '(none)';
};
