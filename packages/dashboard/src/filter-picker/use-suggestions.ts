import type { AnswerRow, ApiError } from '../api/client.ts';
import { typedText } from '../i18n/page-path.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { errorToShow } from '../query/use-load.ts';
import { useTyped } from '../query/use-typed.ts';
import { asStored, partsAsStored, reportBy, valueName } from '../reports/panels.ts';
import type { FilterDimension } from '../state/filters.ts';
import { namedLike, plain } from '../statistics/list-rows.ts';
import { isCoded } from './dimensions.ts';

/** A value that visits of the period have, and how often. */
export interface Suggestion {
  readonly value: string;
  readonly count: number;
}

/** Values of a dimension to choose from. */
export interface Suggestions {
  readonly rows: readonly Suggestion[];
  readonly isLoading: boolean;
  /** They are those of what is typed now, or there are none to come. */
  readonly areCurrent: boolean;
  readonly error: ApiError | null;
  readonly retry: () => void;
}

/** Values that are shown. */
const SHOWN = 50;
/** Codes are looked for by their names here, so all are asked for. */
const CODES = 2000;

/** Values of a dimension that have the text in them, the most frequent first, under the reader's other filters. */
export const useSuggestions = ({ domain, view }: Scope, dimension: FilterDimension, search: string): Suggestions => {
  const typed = useTyped(typedText(search));
  const isHere = isCoded(dimension);
  const others = view.filters.filter((filter) => filter.dimension !== dimension);
  const answer = useAnswer(
    { domain, view: { ...view, filters: others } },
    {
      metrics: [reportBy(dimension)?.metrics[0] ?? 'visitors'],
      dimensions: [dimension],
      ...(!isHere && typed !== '' && { filters: [['contains', dimension, partsAsStored(dimension, typed)]] }),
      limit: isHere ? CODES : SHOWN,
    },
  );
  const results = answer.data?.results ?? [];
  const found = isHere ? namedLike(results, (value) => valueName(dimension, value), search) : results;
  // What was typed to its last letter is what is meant, however seldom it is.
  const isMeant = ({ dimensions: [value = ''] }: AnswerRow): boolean =>
    [valueName(dimension, value), value].some(
      (name) => plain(typedText(name)) === plain(asStored(dimension, typedText(search))),
    );
  const sorted = [...found.filter(isMeant), ...found.filter((row) => !isMeant(row))];
  return {
    rows: sorted
      .slice(0, SHOWN)
      .map(({ dimensions: [value = ''], metrics: [count] }) => ({ value, count: count ?? 0 })),
    isLoading: answer.data === null && !answer.error,
    areCurrent: answer.error !== null || (!answer.waiting && (isHere || typed === typedText(search))),
    error: errorToShow(answer),
    retry: answer.retry,
  };
};
