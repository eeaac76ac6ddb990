import { isDeepStrictEqual } from 'node:util';
import type { Answer, Question } from '../../packages/collector/src/query/stats/query.ts';
import type { Expected } from './answer.ts';

/** Where an answer differs from the textbook, a line a group; empty if nowhere. */
export const differences = ({ metrics }: Question, { results, meta }: Answer, expected: Expected): string[] => {
  const answered = new Map(results.map(({ dimensions, metrics: row }) => [JSON.stringify(dimensions), row]));
  const twice = results.length === answered.size ? [] : ['a group is answered twice'];
  const groups = [...new Set([...expected.groups.keys(), ...answered.keys()])];
  const wrong = groups.flatMap((group) => {
    const [due, told] = [expected.groups.get(group), answered.get(group)];
    if (JSON.stringify(due) === JSON.stringify(told)) return [];
    if (due === undefined || told === undefined) return [JSON.stringify({ group, expected: due, told })];
    const numbers = metrics.flatMap((metric, at) =>
      due[at] === told[at] ? [] : [`${metric} ${told[at]} instead of ${due[at]}`],
    );
    return [`${group}: ${numbers.join(', ')}`];
  });
  const reasons = Object.entries(meta.metric_warnings ?? {}).map(([metric, warning]) => [metric, warning?.code]);
  const why = meta.metric_warnings === undefined ? undefined : Object.fromEntries(reasons);
  const due = Object.keys(expected.reasons).length === 0 ? undefined : expected.reasons;
  const unlike = isDeepStrictEqual(why, due)
    ? []
    : [`reasons ${JSON.stringify(why)} instead of ${JSON.stringify(due)}`];
  return [...twice, ...wrong, ...unlike];
};
