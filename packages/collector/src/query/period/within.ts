import type { Bindings } from '../../store/bindings.ts';
import type { Range } from './range.ts';

/**
 * What holds of the rows of a range.
 * @param day a row's local day, and `hour` the start of its local hour in Unix seconds, both as SQL
 */
export const within = ({ first, last, hours }: Range, day: string, hour: string, bind: Bindings['bind']): string[] => {
  const [from, to] = [bind(first, 'Date'), bind(last, 'Date')];
  const days = `${day} BETWEEN ${from} AND ${to}`;
  if (!hours) return [days];
  return [
    days,
    `(${day} > ${from} OR ${hour} >= ${bind(hours.least, 'UInt32')})`,
    `(${day} < ${to} OR ${hour} <= ${bind(hours.most, 'UInt32')})`,
  ];
};
