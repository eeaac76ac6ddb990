import { api } from '../api/client.ts';
import { isCoded } from '../filter-picker/dimensions.ts';
import { typedText } from '../i18n/page-path.ts';
import { buildQuestion } from '../query/question.ts';
import { asStored, reportBy, valueName } from '../reports/panels.ts';
import type { FilterDimension } from '../state/filters.ts';

/** Values that are looked through, the most frequent first. */
const LOOKED_THROUGH = 10_000;

/**
 * A value as it is stored, of what somebody wrote as the dashboard shows it: `DE` of “Germany”. What has no other name, and
 * what nobody had, is as it was written.
 */
export const storedValue = async (domain: string, dimension: FilterDimension, written: string): Promise<string> => {
  if (!isCoded(dimension)) return asStored(dimension, typedText(written));
  const everything = { period: 'all', filters: [], compare: null } as const;
  const metrics = [reportBy(dimension)?.metrics[0] ?? 'visitors'] as const;
  const ask = { metrics, dimensions: [dimension], limit: LOOKED_THROUGH };
  const { results } = await api.query(buildQuestion(domain, everything, ask));
  const values = results.map(({ dimensions: [value = ''] }) => value);
  const small = written.toLowerCase();
  const named = values.find((value) => valueName(dimension, value).toLowerCase() === small);
  return values.includes(written) ? written : (named ?? written);
};
