import { useState } from 'preact/hooks';
import type { Site } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { type FilterDimension, propertyDimension } from '../state/filters.ts';
import { dimensionName } from '../statistics/report-table.ts';
import { Empty } from '../ui/states.tsx';
import { dimensionGroups, searchGroups } from './dimensions.ts';
import { useOptions } from './use-options.ts';

/** Properties that are offered, the most frequent. */
const PROPERTIES = 100;

interface DimensionListProps {
  scope: Scope;
  site: Site | undefined;
  onChoose: (dimension: FilterDimension) => void;
}

/** All that can be filtered by, with a search; arrow keys walk through it, and Enter takes the first that is found. */
export const DimensionList = ({ scope, site, onChoose }: DimensionListProps) => {
  const [search, setSearch] = useState('');
  const properties = useAnswer(scope, { metrics: ['visitors'], dimensions: ['event:property'], limit: PROPERTIES });
  const names = properties.data?.results.map(({ dimensions: [name = ''] }) => propertyDimension(name)) ?? [];
  const groups: { title: string; dimensions: readonly FilterDimension[] }[] = [
    ...dimensionGroups(site).map(({ panel, dimensions }) => ({ title: text.panel[panel], dimensions })),
    { title: text.filters.properties, dimensions: names },
  ];
  const found = searchGroups(groups, dimensionName, search);
  const all = found.flatMap(({ dimensions }) => dimensions);
  const { field, list, option } = useOptions(all.length, search, (index) => {
    const taken = index === null ? undefined : all[index];
    if (taken) onChoose(taken);
    return true;
  });
  return (
    <>
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: in a dialog that was opened to search
        autoFocus
        class="wide-input"
        placeholder={text.filters.find}
        aria-label={text.filters.find}
        onInput={(event) => setSearch(event.currentTarget.value)}
        {...field}
      />
      <div class="dimension-groups" {...list(text.filters.add)}>
        {found.map(({ title, dimensions }) => (
          // biome-ignore lint/a11y/useSemanticElements: options of a list in groups, no fields of a form
          <div key={title} role="group" aria-label={title}>
            <p aria-hidden="true">{title}</p>
            {dimensions.map((dimension) => (
              <button
                key={dimension}
                class="quiet"
                onClick={() => onChoose(dimension)}
                {...option(all.indexOf(dimension))}
              >
                {dimensionName(dimension)}
              </button>
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && <Empty title={text.filters.none} />}
    </>
  );
};
