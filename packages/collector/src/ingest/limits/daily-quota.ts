import type { Row } from '../../store/row.ts';
import type { AnonymousBeacon, Properties } from '../beacon.ts';
import { alsoLeft, type Drop, drop } from '../drop.ts';
import type { Undo } from '../visits/undo.ts';
import { bytesOfProps } from './row-bytes.ts';
import type { SiteDays } from './site-days.ts';

const MEGABYTE = 1_000_000;

/** Makes the stage past which the site takes more of its day. */
export const createQuota =
  (days: SiteDays) =>
  (beacon: AnonymousBeacon): AnonymousBeacon | Drop =>
    days.of(beacon.site, beacon.at).items < beacon.site.dailyItems ? beacon : drop('quota');

/** Makes the stage past which the site's log lines and errors of the day have room. What else the beacon has goes on. */
export const createLogRoom =
  (days: SiteDays) =>
  (beacon: AnonymousBeacon): AnonymousBeacon => {
    const { site, at, items } = beacon;
    if (!items.some(isLog)) return beacon;
    let room = site.dailyLogMegabytes * MEGABYTE - days.of(site, at).logBytes;
    const fitting = items.filter((item) => {
      if (!isLog(item)) return true;
      const bytes = logBytesOf(item);
      if (bytes > room) return false;
      room -= bytes;
      return true;
    });
    if (fitting.length === items.length) return beacon;
    return { ...beacon, items: fitting, left: alsoLeft(beacon.left, 'logs', items.length - fitting.length) };
  };

/** Books on the site's day what was taken of it. @param cost see `costOf` */
export const bookOn = (
  days: SiteDays,
  { site, at }: Pick<AnonymousBeacon, 'site' | 'at'>,
  rows: readonly Row[],
  cost: number,
): Undo => {
  const day = days.of(site, at);
  const bytes = rows.reduce((sum, row) => (isLog(row) ? sum + logBytesOf(row) : sum), 0);
  day.items += cost;
  day.logBytes += bytes;
  return () => {
    day.items -= cost;
    day.logBytes -= bytes;
  };
};

/** What a log line or an error takes besides its texts, as a row in the spool. */
const ROW_BYTES = 300;

/** Of a log line or an error, as it was sent or as a row. */
interface Logged {
  readonly kind: 'log' | 'error';
  readonly message: string;
  readonly stack?: string;
  readonly props?: Properties;
}

const isLog = <T extends { readonly kind: string }>(item: T): item is T & { readonly kind: 'log' | 'error' } =>
  item.kind === 'log' || item.kind === 'error';

const logBytesOf = ({ message, stack = '', props = {} }: Logged): number =>
  ROW_BYTES + Buffer.byteLength(message) + Buffer.byteLength(stack) + bytesOfProps(props);
