import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { valueName } from '../reports/panels.ts';
import { type Filter, invert, OPERATORS, oppositeOf } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';
import { dimensionName } from './report-table.ts';

interface ChipProps {
  filter: Filter;
  scope: Scope;
  onEdit: (filter: Filter) => void;
}

const Chip = ({ filter, scope: { domain, view }, onEdit }: ChipProps) => {
  const { dimension, operator, values } = filter;
  const name = dimensionName(dimension);
  const other = text.filters.operators[oppositeOf(operator)];
  const shown = values.map((value) => valueName(dimension, value)).join(text.filters.or);
  const without = view.filters.filter((kept) => kept !== filter);
  return (
    <li class="chip">
      <span>{name}</span>
      <a
        href={statisticsHref(domain, view, { filters: invert(view.filters, filter) })}
        title={text.filters.invert({ name, operator: other })}
      >
        {text.filters.operators[operator]}
      </a>
      <button type="button" aria-label={text.filters.edit({ name, values: shown })} onClick={() => onEdit(filter)}>
        <b>{shown}</b>
      </button>
      <a
        class="remove"
        href={statisticsHref(domain, view, { filters: without })}
        aria-label={text.filters.remove({ name })}
      >
        <Icon name="close" />
      </a>
    </li>
  );
};

/** The filters in force. */
export const FilterChips = ({ scope, onEdit }: Pick<ChipProps, 'scope' | 'onEdit'>) => {
  const { domain, view } = scope;
  if (view.filters.length === 0) return null;
  return (
    <ul class="chips" aria-label={text.filters.label}>
      {view.filters.map((filter) => (
        <Chip key={filter.dimension + OPERATORS[filter.operator]} filter={filter} scope={scope} onEdit={onEdit} />
      ))}
      {view.filters.length > 1 && (
        <li>
          <a class="quiet" href={statisticsHref(domain, view, { filters: [] })}>
            {text.filters.clear}
          </a>
        </li>
      )}
    </ul>
  );
};
