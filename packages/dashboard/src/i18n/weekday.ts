import { locales } from './text.ts';

/** What browsers know of a country's weeks; Firefox does not tell. */
interface WeekInfo {
  readonly firstDay: number;
}
type WithWeeks = Intl.Locale & { getWeekInfo?(): WeekInfo; readonly weekInfo?: WeekInfo };

/**
 * The day on which weeks begin where somebody lives, 1 for Monday to 7 for Sunday; where the browser does not know, Monday.
 *
 * @example firstWeekdayOf('en-US') // 7
 */
export const firstWeekdayOf = (tag: string): number => {
  const locale: WithWeeks = new Intl.Locale(tag);
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 1;
};

/** … of this reader, in whose language's way dates are written. */
export const firstWeekday = firstWeekdayOf(locales[0] ?? 'en-GB');
