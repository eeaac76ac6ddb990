import type { FilterName } from '../../query/stats/query.ts';
import { PROPERTY_PREFIX, propertyOf } from '../../store/dimensions.ts';
import { LONGEST } from '../../store/text-limits.ts';
import { COUNTRY_NAMES, COUNTRY_SPELLINGS } from './countries.ts';

/*
 * The dimensions of Plausible's Stats API (https://plausible.io/docs/stats-api#dimensions), and how their values are called
 * there and here. docs/plausible.md has the same table in words.
 */

/** A dimension of theirs. */
export interface Dimension {
  /** Ours, with the same meaning. */
  readonly ours: FilterName;
  /** What a group without a value is called; missing: all have one, or what has none is not listed. */
  readonly unset?: string;
  /** Values that have another name there, by ours. */
  readonly words?: Readonly<Record<string, string>>;
  /** More names by which a filter may call a value, by ours. */
  readonly spellings?: Readonly<Record<string, readonly string[]>>;
  /** Theirs is a part of ours, so that several values of ours are one of theirs. */
  readonly part?: Part;
  /** Values that are there and not here. */
  readonly missing?: readonly string[];
}

/** How a value of theirs lies in one of ours; patterns are RE2 (https://github.com/google/re2/wiki/Syntax). */
interface Part {
  readonly of: (value: string) => string;
  /** Matches the values of ours that have a part. @param text quoted */
  readonly is: (text: string) => string;
  /** Match the values of ours whose part contains a text. @param text quoted */
  readonly contains: (text: string) => readonly string[];
  /** What no value of ours matches whose part is called `unset`; missing: such a value is empty. */
  readonly some?: string;
}

const NOT_SET = '(not set)';
const DIRECT = 'Direct / None';

/** What they call no value, where it is listed: no text is a part of it. */
export const isNothing = (name: string): boolean => name === NOT_SET || name === DIRECT;

/** `DE: Berlin` is Berlin; a region with a code is the code, as nothing here knows its name. Codes have no colon. */
const PLACE: Part = {
  of: (place) => place.replace(/^[A-Z]{2}: /, ''),
  is: (text) => `^(?:[A-Z]{2}: )?${text}$`,
  contains: (text) => [`^[A-Z]{2}: .*${text}`, ...(text.includes(':') ? [] : [`^[^:]*${text}[^:]*$`])],
};

/** `Chrome 128` is 128, and `Windows 10 or later` 10 or later. */
const VERSION: Part = {
  of: (name) => / (\d.*)$/.exec(name)?.[1] ?? NOT_SET,
  is: (text) => `^.* ${text}$`,
  contains: (text) => [/^\d/.test(text) ? ` (?:\\d.*)?${text}` : ` \\d.*${text}`],
  some: ' \\d',
};

const CHANNELS = {
  'Paid shopping': 'Paid Shopping',
  'Paid search': 'Paid Search',
  'Paid social': 'Paid Social',
  'Paid video': 'Paid Video',
  'Paid other': 'Paid Other',
  'Push notifications': 'Mobile Push Notifications',
  'AI assistants': 'AI Assistants',
  'Organic shopping': 'Organic Shopping',
  'Organic social': 'Organic Social',
  'Organic video': 'Organic Video',
  'Organic search': 'Organic Search',
};

const DEVICE: Dimension = { ours: 'visit:device', words: { Unknown: NOT_SET }, missing: ['Laptop'] };

/** Linux is one system here, and an iPad has iOS. */
const SYSTEMS_OF_THEIRS = [
  ...['iPadOS', 'Ubuntu', 'Kubuntu', 'Xubuntu', 'Lubuntu', 'Debian', 'Fedora', 'Mint', 'Manjaro', 'Arch Linux'],
  ...[
    'CentOS',
    'Red Hat',
    'openSUSE',
    'SUSE',
    'Gentoo',
    'Slackware',
    'Mandriva',
    'Mageia',
    'Raspberry Pi OS',
    'Deepin',
  ],
];

/** Of places that are not known, and of visits without a view. */
const EMPTY = '';

/** Theirs, but for properties. */
export const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  'event:name': { ours: 'event:name', unset: 'pageview' },
  'event:page': { ours: 'event:page' },
  'event:hostname': { ours: 'event:hostname' },
  'visit:entry_page': { ours: 'visit:entry_page' },
  'visit:exit_page': { ours: 'visit:exit_page', unset: EMPTY },
  'visit:source': {
    ours: 'visit:source',
    words: { Direct: DIRECT, X: 'Twitter' },
    spellings: { X: ['X (Twitter)'] },
  },
  'visit:referrer': { ours: 'visit:referrer', unset: DIRECT },
  'visit:channel': { ours: 'visit:channel', words: CHANNELS },
  'visit:utm_medium': { ours: 'visit:utm_medium', unset: NOT_SET },
  'visit:utm_source': { ours: 'visit:utm_source', unset: NOT_SET },
  'visit:utm_campaign': { ours: 'visit:utm_campaign', unset: NOT_SET },
  'visit:utm_content': { ours: 'visit:utm_content', unset: NOT_SET },
  'visit:utm_term': { ours: 'visit:utm_term', unset: NOT_SET },
  'visit:device': DEVICE,
  'visit:screen': DEVICE,
  'visit:browser': {
    ours: 'visit:browser',
    words: { Unknown: NOT_SET, DuckDuckGo: 'DuckDuckGo Privacy Browser', 'Mi Browser': 'MIUI Browser' },
    missing: ['Mobile App'],
  },
  'visit:browser_version': { ours: 'visit:browser_version', part: VERSION },
  'visit:os': { ours: 'visit:os', words: { Unknown: NOT_SET, macOS: 'Mac' }, missing: SYSTEMS_OF_THEIRS },
  'visit:os_version': { ours: 'visit:os_version', part: VERSION },
  'visit:country': { ours: 'visit:country', words: { ZZ: EMPTY } },
  'visit:region': { ours: 'visit:region', unset: EMPTY },
  'visit:city': { ours: 'visit:city', unset: EMPTY },
  'visit:country_name': {
    ours: 'visit:country',
    words: { ...COUNTRY_NAMES, ZZ: EMPTY },
    spellings: COUNTRY_SPELLINGS,
  },
  'visit:region_name': { ours: 'visit:region', unset: EMPTY, part: PLACE },
  'visit:city_name': { ours: 'visit:city', unset: EMPTY, part: PLACE },
};

/** The dimension of a name of theirs; undefined: there is none. */
export const dimensionOf = (name: string): Dimension | undefined => {
  if (Object.hasOwn(DIMENSIONS, name)) return DIMENSIONS[name];
  const property = propertyOf(name);
  return property && property.length <= LONGEST.property
    ? { ours: `${PROPERTY_PREFIX}${property}`, unset: '(none)' }
    : undefined;
};

/** A value of ours, as they call it. */
export const shown = ({ words = {}, part }: Dimension, value: string): string => {
  if (part) return part.of(value);
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
};

/** What they can group or filter by and this cannot, and why. */
export const MISSING_DIMENSIONS: Readonly<Record<string, string>> = {
  'event:goal': 'is not offered: there are no goals here; events are event:name, pages event:page',
  segment: 'is not offered: there are no segments here; send the filters of the segment',
  'visit:entry_page_hostname': 'is not offered: hostnames are of the hit, event:hostname',
  'visit:exit_page_hostname': 'is not offered: hostnames are of the hit, event:hostname',
};
