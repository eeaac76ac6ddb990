import type { IncomingMessage } from 'node:http';
import { lookUp } from '../lib/domain-lookup.ts';
import { isOwnHost } from '../sites/own-hosts.ts';
import type { Outcome } from './pipeline.ts';
import { headerOf } from './receive.ts';

/** Whether whoever sent a beacon may read what became of it. */
export type MayRead = (request: IncomingMessage, outcome: Outcome) => boolean;

/** Pages that are developed: on the reader's own machine. */
const LOOPBACK = /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * What became of a beacon tells of its sender what the owner of the site asked not to count (addresses, countries), and
 * of the site what its owner left out. A browser says which page asks: it must be one of the site's own, or of this
 * collector. What names no site may be told to pages of any site that is here: somebody has set it up wrong. Who asks
 * without a page is no visitor's browser that somebody else makes ask.
 * @param isMeant whether a name means a site of this collector
 * @param ownHost under which browsers find this collector, if its owner says so: a proxy may not pass it on
 */
export const createMayRead =
  (isMeant: (name: string) => boolean, ownHost: string | null): MayRead =>
  (request, { site }) => {
    const origin = headerOf(request, 'origin');
    if (origin === '') return true;
    const [, authority = ''] = /^https?:\/\/(.+)$/.exec(origin) ?? [];
    if (authority === '') return false;
    if (authority === request.headers.host || authority === ownHost) return true;
    const host = authority.replace(/:\d+$/, '');
    return LOOPBACK.test(host) || (site === null ? isOfAny(host, isMeant) : isOwnHost(site, host));
  };

const isOfAny = (host: string, isMeant: (name: string) => boolean): boolean =>
  lookUp(host, (name) => ((name === host || name.includes('.')) && isMeant(name)) || undefined) === true;
