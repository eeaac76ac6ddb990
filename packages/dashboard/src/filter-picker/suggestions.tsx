import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { valueName } from '../reports/panels.ts';
import type { FilterDimension } from '../state/filters.ts';
import { Cut } from '../ui/cut.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';
import type { Suggestions as Found } from './use-suggestions.ts';

interface SuggestionsProps {
  dimension: FilterDimension;
  suggestions: Found;
  /** Those chosen. */
  values: readonly string[];
  onToggle: (value: string) => void;
}

/** Values to choose from, each with how often it is met. */
export const Suggestions = ({ dimension, suggestions, values, onToggle }: SuggestionsProps) => {
  const { rows, isLoading, error, retry } = suggestions;
  return (
    <fieldset class="suggestions">
      <legend class="spoken">{text.filters.suggestions}</legend>
      {error && <Failure error={error} retry={retry} />}
      {isLoading && <Skeleton lines={5} />}
      {!isLoading && !error && rows.length === 0 && <p class="muted">{text.filters.noValues}</p>}
      {rows.map(({ value, count }) => (
        <label key={value} title={valueName(dimension, value)}>
          <input type="checkbox" checked={values.includes(value)} onChange={() => onToggle(value)} />
          <Cut value={valueName(dimension, value)} />
          <span class="muted">{format.count(count)}</span>
        </label>
      ))}
    </fieldset>
  );
};
