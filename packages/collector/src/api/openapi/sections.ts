import { account, people } from './accounts.ts';
import type { Section } from './described.ts';
import { sites } from './sites.ts';
import { statistics } from './statistics.ts';
import { system } from './system.ts';

/** The whole API, in the order in which it is read. */
export const SECTIONS: readonly Section[] = [statistics, sites, account, people, system];
