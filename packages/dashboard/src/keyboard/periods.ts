import { navigate } from '../app/router.ts';
import { localDay, type Period, shiftPeriod } from '../state/period.ts';
import { PERIOD_KEYS } from './period-keys.ts';
import type { Keys } from './use-keys.ts';

/** Keys that choose a period or move it. @param hrefOf Address with another period. */
export const periodKeys = (period: Period, timezone: string, hrefOf: (period: Period) => string): Keys => {
  const shift = (direction: -1 | 1) => () => {
    const next = shiftPeriod(period, direction, localDay(Date.now(), timezone));
    if (next) navigate(hrefOf(next));
  };
  const named = Object.entries(PERIOD_KEYS).map(([key, name]) => [key, () => navigate(hrefOf(name))] as const);
  return { ...Object.fromEntries(named), arrowleft: shift(-1), arrowright: shift(1) };
};
