import { propertyOf } from '../../../store/dimensions.ts';
import { ROW_KINDS } from '../../../store/row.ts';
import type { Range } from '../../period/range.ts';
import { within } from '../../period/within.ts';
import { dimensionOf, isCounterDimension, isTime } from '../dimensions.ts';
import type { HitsSource } from '../plan/part.ts';
import type { GroupName } from '../query.ts';
import type { Bind } from './relation.ts';

const { view, event, blank } = ROW_KINDS;
/** What a purge left of a hit counts for its visit, and is none itself. */
export const OF_VISITS = [view, event, blank];

/** Rows of visits that began, or of hits that happened, in a range: found by the primary key. */
export const rowsOf = (site: string, range: Range, at: HitsSource['at'], bind: Bind): string[] => [
  `r.site = ${bind(site, 'String')}`,
  // No hour is asked of whole days.
  ...within(range, 'r.day', `toUInt32(r.${at === 'day' ? 'hour' : at})`, bind),
  'r.visit != 0',
];

/** Where a value stands in a row of `hits`. */
export type Value = (name: GroupName) => string;

/** Where values stand that are not of time: `property` has been joined, the exit page comes from the whole visit. */
export const columnIn =
  (bind: Bind): Value =>
  (name) => {
    if (name === 'site' || isTime(name) || isCounterDimension(name)) throw new RangeError(`${name} is no column`);
    if (name === 'event:property') return 'property';
    if (name === 'visit:exit_page') return 'r.exit_page';
    const property = propertyOf(name);
    return property === null ? `r.${dimensionOf(name).column}` : `r.props[${bind(property, 'String')}]`;
  };
