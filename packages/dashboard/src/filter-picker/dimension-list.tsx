import { useState } from 'preact/hooks';
import type { Site } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { type FilterDimension, propertyDimension } from '../state/filters.ts';
import { dimensionName } from '../statistics/report-table.ts';
import { Empty } from '../ui/states.tsx';
import { dimensionGroups, searchGroups } from './dimensions.ts';

/** Properties that are offered, the most frequent. */
const PROPERTIES = 100;

interface DimensionListProps {
  scope: Scope;
  site: Site | undefined;
  onChoose: (dimension: FilterDimension) => void;
}

/** All that can be filtered by, with a search; Enter takes the first that is found. */
export const DimensionList = ({ scope, site, onChoose }: DimensionListProps) => {
  const [search, setSearch] = useState('');
  const properties = useAnswer(scope, { metrics: ['visitors'], dimensions: ['event:property'], limit: PROPERTIES });
  const names = properties.data?.results.map(({ dimensions: [name = ''] }) => propertyDimension(name)) ?? [];
  const groups: { title: string; dimensions: readonly FilterDimension[] }[] = [
    ...dimensionGroups(site).map(({ panel, dimensions }) => ({ title: text.panel[panel], dimensions })),
    { title: text.filters.properties, dimensions: names },
  ];
  const found = searchGroups(groups, dimensionName, search);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const first = found[0]?.dimensions[0];
    if (first) onChoose(first);
  };
  return (
    <>
      <form onSubmit={onSubmit}>
        <input
          type="search"
          // biome-ignore lint/a11y/noAutofocus: in a dialog that was opened to search
          autoFocus
          class="wide-input"
          placeholder={text.filters.find}
          aria-label={text.filters.find}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      </form>
      <div class="dimension-groups">
        {found.length === 0 && <Empty title={text.filters.none} />}
        {found.map(({ title, dimensions }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {dimensions.map((dimension) => (
              <button key={dimension} type="button" class="quiet" onClick={() => onChoose(dimension)}>
                {dimensionName(dimension)}
              </button>
            ))}
          </section>
        ))}
      </div>
    </>
  );
};
