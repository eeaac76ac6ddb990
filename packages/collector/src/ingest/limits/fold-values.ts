import type { AnonymousBeacon, Client, Hit, Origin, Page, Properties } from '../beacon.ts';
import { alsoMended } from '../drop.ts';
import type { SiteDays } from './site-days.ts';
import { OTHER, type ValueKind } from './value-cardinality.ts';

/** Keeps a value, or folds it. */
type Keep = (kind: ValueKind, value: string) => string;

/**
 * Makes the stage that folds what is one value too many of a site's day into `(other)`. It comes before the visit, so that
 * a page that was folded is met, entered and left as `(other)`, and hits and sums agree. What a visit was frozen with before
 * stays what it was. Beacons of few values, as nearly all are, are passed on as they are.
 */
export const createFoldValues =
  (days: SiteDays) =>
  (beacon: AnonymousBeacon): AnonymousBeacon => {
    const day = days.of(beacon.site, beacon.at);
    const keep: Keep = (kind, value) => days.kept(day, kind, value);
    const page = keptPage(beacon.page, keep);
    const origin = keptOrigin(beacon.origin, keep);
    const client = keptClient(beacon.client, keep);
    const props = keptProps(beacon.props, keep);
    const items = keptItems(beacon.items, keep);
    const isFolded =
      page !== beacon.page || origin !== beacon.origin || client !== beacon.client || props !== beacon.props;
    if (!isFolded && items === beacon.items) return beacon;
    const folded = items.map((item, at) => (isFolded || item !== beacon.items[at] ? alsoMended(item, 'other') : item));
    return { ...beacon, page, origin, client, props, items: folded };
  };

const keptPage = (given: Page, keep: Keep): Page => {
  const hostname = keep('hostname', given.hostname);
  const path = keep('page', given.path);
  const title = keep('title', given.title);
  const isSame = hostname === given.hostname && path === given.path && title === given.title;
  return isSame ? given : { hostname, path, title };
};

const ORIGINS = [
  'source',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
] as const satisfies readonly (keyof Origin)[];

const CLIENTS = ['browser_version', 'os_version', 'region', 'city'] as const satisfies readonly (keyof Client)[];

const keptOrigin = (given: Origin, keep: Keep): Origin => keptFields(given, ORIGINS, keep);

const keptClient = (given: Client, keep: Keep): Client => keptFields(given, CLIENTS, keep);

/** The same object where all is kept. */
const keptFields = <Name extends ValueKind, T extends Readonly<Record<Name, string>>>(
  given: T,
  names: readonly Name[],
  keep: Keep,
): T => {
  let kept = given;
  for (const name of names) {
    const value = keep(name, given[name]);
    if (value !== given[name]) kept = { ...kept, [name]: value };
  }
  return kept;
};

/** Properties of which the name is one too many become one. */
const keptProps = (given: Properties, keep: Keep): Properties => {
  for (const name in given) {
    if (isKept(name, given[name] ?? '', keep)) continue;
    return Object.fromEntries(Object.entries(given).map((property) => keptProperty(property, keep)));
  }
  return given;
};

const isKept = (name: string, value: string, keep: Keep): boolean =>
  keep('propertyName', name) === name && keep('property', pairOf(name, value)) !== OTHER;

const keptProperty = ([name, value]: [string, string], keep: Keep): [string, string] => [
  keep('propertyName', name),
  isKept(name, value, keep) ? value : OTHER,
];

const pairOf = (name: string, value: string): string => (value === '' ? '' : `${name}\n${value}`);

/** The same list where all is kept. */
const keptItems = (given: readonly Hit[], keep: Keep): readonly Hit[] => {
  let kept: Hit[] | null = null;
  given.forEach((item, at) => {
    const next = keptItem(item, keep);
    if (next === item) return;
    kept ??= [...given];
    kept[at] = next;
  });
  return kept ?? given;
};

const keptItem = (item: Hit, keep: Keep): Hit => {
  if (item.kind !== 'event' && item.kind !== 'open') return item;
  const name = keep(item.kind === 'event' ? 'event' : 'mail', item.name);
  if (item.kind === 'open') return name === item.name ? item : { ...item, name };
  const props = keptProps(item.props, keep);
  return name === item.name && props === item.props ? item : { ...item, name, props };
};
