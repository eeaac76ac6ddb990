import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { valueName } from '../reports/panels.ts';
import type { FilterDimension } from '../state/filters.ts';
import { Cut } from '../ui/cut.tsx';
import { Icon } from '../ui/icon.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';
import type { Options } from './use-options.ts';
import type { Suggestions as Found } from './use-suggestions.ts';

interface SuggestionsProps {
  dimension: FilterDimension;
  suggestions: Found;
  /** What was typed, where it can be taken as it is: the last option. */
  typed: string | null;
  /** Those chosen. */
  values: readonly string[];
  options: Options;
  onToggle: (value: string) => void;
}

/** Values to choose from, each with how often it is met, and what was typed. */
export const Suggestions = ({ dimension, suggestions, typed, values, options, onToggle }: SuggestionsProps) => {
  const { rows, isLoading, error, retry } = suggestions;
  return (
    <>
      {error && <Failure error={error} retry={retry} />}
      {isLoading && <Skeleton lines={5} />}
      {!isLoading && !error && rows.length === 0 && <p class="muted no-values">{text.filters.noValues}</p>}
      <div class="suggestions" {...options.list(text.filters.suggestions, true)}>
        {rows.map(({ value, count }, index) => (
          <button
            key={value}
            type="button"
            title={valueName(dimension, value)}
            onClick={() => onToggle(value)}
            {...options.option(index, values.includes(value))}
          >
            <Icon name="check" />
            <Cut value={valueName(dimension, value)} />
            <span class="muted">{format.count(count)}</span>
          </button>
        ))}
        {typed !== null && (
          <button
            type="button"
            onClick={() => onToggle(typed)}
            {...options.option(rows.length, values.includes(typed))}
          >
            <Icon name="check" />
            <span>{text.filters.asTyped({ value: valueName(dimension, typed) })}</span>
          </button>
        )}
      </div>
    </>
  );
};
