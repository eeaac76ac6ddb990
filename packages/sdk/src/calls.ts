import { quietly } from './quietly.ts';
import { text } from './text.ts';
import type { EventItem, Level, LogItem, Properties } from './wire.ts';

declare global {
  interface Window {
    /** A page sets it before the script to stop it; afterwards it holds the calls. */
    passerby?: Partial<Passerby> & { off?: boolean };
  }
}

/** What a page may call. Nothing here throws or waits. */
export interface Passerby {
  /**
   * Reports that a visitor did something; a load reports at most 1,000.
   * @param name 1 to 120 characters
   * @param properties at most 30, names of at most 64 characters; values are kept as text, cut after 500 characters
   * @example track('signup', { plan: 'pro' })
   */
  track(name: string, properties?: Properties): void;
  /**
   * Reports a line for the site's log; a load reports at most 100.
   * @param message cut after 4,096 characters
   * @param attributes limits as for properties
   * @example log('warn', 'cart could not be restored', { items: 3 })
   */
  log(level: Level, message: string, attributes?: Properties): void;
}

/** The calls of a page that is not reported. */
export const SILENT: Passerby = { track() {}, log() {} };

/** Makes the calls. The collector refuses a beacon for one item that breaks a limit, so the limits are kept here. */
export const createCalls = (report: (item: EventItem | LogItem) => void): Passerby => {
  const left = { event: 1000, log: 100 };
  const reportSome = (item: EventItem | LogItem) => {
    if (left[item.k]-- > 0) report(item);
  };
  return {
    track: quietly((name, properties) => reportSome({ k: 'event', n: text(name, 120), p: texts(properties) })),
    log: quietly((l, message, attributes) => reportSome({ k: 'log', l, m: text(message, 4096), p: texts(attributes) })),
  };
};

/** A copy: the page may change its object before the beacon leaves. */
const texts = (properties?: Properties | null): Properties =>
  Object.fromEntries(
    Object.entries(properties ?? {})
      .slice(0, 30)
      .map(([name, value]) => [text(name, 64), text(value, 500)]),
  );
