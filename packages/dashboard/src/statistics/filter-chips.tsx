import type { Scope } from '../query/use-answer.ts';
import { REPORTS, type Report } from '../reports/panels.ts';
import { type Filter, type FilterDimension, invert } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { text } from '../text.ts';
import { Icon } from '../ui/icon.tsx';

const reports: readonly Report[] = Object.values(REPORTS);

const nameOf = (dimension: FilterDimension, value: string): string =>
  reports.find((report) => report.dimension === dimension)?.name?.(value) ?? value;

const Chip = ({ filter, scope: { domain, view } }: { filter: Filter; scope: Scope }) => {
  const { dimension, operator, values } = filter;
  const name = text.dimensions[dimension];
  const other = operator === 'is' ? text.filters.is_not : text.filters.is;
  const without = view.filters.filter((kept) => kept !== filter);
  return (
    <li class="chip">
      <span>{name}</span>
      <a
        href={statisticsHref(domain, view, { filters: invert(view.filters, filter) })}
        aria-label={text.filters.invert(name, other)}
        title={text.filters.invert(name, other)}
      >
        {text.filters[operator]}
      </a>
      <b>{values.map((value) => nameOf(dimension, value)).join(text.filters.or)}</b>
      <a
        class="remove"
        href={statisticsHref(domain, view, { filters: without })}
        aria-label={text.filters.remove(name)}
      >
        <Icon name="close" />
      </a>
    </li>
  );
};

/** The filters in force. */
export const FilterChips = ({ scope }: { scope: Scope }) => {
  const { domain, view } = scope;
  if (view.filters.length === 0) return null;
  return (
    <ul class="chips" aria-label={text.filters.label}>
      {view.filters.map((filter) => (
        <Chip key={filter.operator + filter.dimension} filter={filter} scope={scope} />
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
