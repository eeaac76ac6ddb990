import '../styles/picker.css';
import { useState } from 'preact/hooks';
import type { Site } from '../api/client.ts';
import { navigate } from '../app/router.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { type Filter, type FilterDimension, putFilter } from '../state/filters.ts';
import { statisticsHref } from '../state/view.ts';
import { dimensionName } from '../statistics/report-table.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { DimensionList } from './dimension-list.tsx';
import { ValueForm } from './value-form.tsx';

interface FilterPickerProps {
  scope: Scope;
  site: Site | undefined;
  /** The filter that is changed; null: a new one. */
  filter: Filter | null;
  onClose: () => void;
}

/** Adds a filter or changes one: a dimension first, then how it is compared and with what. */
export const FilterPicker = ({ scope, site, filter, onClose }: FilterPickerProps) => {
  const { domain, view } = scope;
  const [dimension, setDimension] = useState<FilterDimension | null>(filter?.dimension ?? null);
  const apply = (next: Filter) =>
    navigate(statisticsHref(domain, view, { filters: putFilter(view.filters, next, filter) }));
  const title = dimension === null ? text.filters.add : dimensionName(dimension);
  return (
    <Dialog title={title} onClose={onClose} class="filter-picker">
      {dimension === null ? (
        <DimensionList scope={scope} site={site} onChoose={setDimension} />
      ) : (
        <>
          <button type="button" class="quiet back" onClick={() => setDimension(null)}>
            <Icon name="back" />
            {text.filters.back}
          </button>
          <ValueForm
            key={dimension}
            scope={scope}
            dimension={dimension}
            filter={filter?.dimension === dimension ? filter : null}
            onApply={apply}
          />
        </>
      )}
    </Dialog>
  );
};
