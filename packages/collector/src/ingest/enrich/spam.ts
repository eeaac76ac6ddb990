import { isWithin } from '../../lib/domain-lookup.ts';
import { SPAM_HOSTS } from './spam-hosts.ts';
import { saysSo } from './spam-names.ts';

const SPAMMERS: ReadonlySet<string> = new Set(Object.values(SPAM_HOSTS).flatMap((hosts) => hosts.trim().split(/\s+/)));

/**
 * True for a host of a referrer spammer, and for all below it: one that is listed, or whose name says so.
 * @param host in small letters
 * @example isSpam('site42.semalt.com') === true
 */
export const isSpam = (host: string): boolean => isWithin(host, SPAMMERS) || saysSo(host);
