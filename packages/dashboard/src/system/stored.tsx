import type { SystemState } from '../api/system.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';

type Data = NonNullable<SystemState['data']>;
type Table = Data['tables'][number];

const { system } = text;

/** Those that hold what somebody put in; what the rest holds is a few rows of the collector's own. */
const SHOWN = ['hits', 'sums', 'logs', 'config'] as const;

const Row = ({ name, table }: { name: string; table: Pick<Table, 'rows' | 'bytes' | 'oldest'> }) => (
  <>
    <th scope="row">
      {name}
      <small class="narrow-only">{system.rows({ count: table.rows, written: format.count(table.rows) })}</small>
    </th>
    <td class="wide-column">{format.count(table.rows)}</td>
    <td>{format.bytes(table.bytes)}</td>
    <td>{table.oldest && format.fullDay(table.oldest)}</td>
  </>
);

const Tables = ({ data }: { data: Data }) => {
  const days = data.tables.flatMap(({ oldest }) => oldest ?? []);
  const [oldest = null] = days.sort();
  return (
    // Wider than a phone, it scrolls by itself, by the keyboard too.
    // biome-ignore lint/a11y: a group of nothing but the table; what scrolls has to be reached
    <div class="scrolled" role="group" tabIndex={0} aria-label={system.data}>
      <table class="table">
        <thead>
          <tr>
            {Object.entries(system.columns).map(([id, name]) => (
              <th key={id} scope="col" class={id === 'rows' ? 'wide-column' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SHOWN.map((name) => {
            const table = data.tables.find((one) => one.name === name);
            return (
              table && (
                <tr key={name}>
                  <Row name={system.tables[name]} table={table} />
                </tr>
              )
            );
          })}
          <tr class="total">
            <Row name={system.tables.all} table={{ ...data, oldest }} />
          </tr>
        </tbody>
      </table>
    </div>
  );
};

/** What the data are made of. */
export const Stored = ({ data, engine }: Pick<SystemState, 'data' | 'engine'>) => {
  if (data === null) return <Card title={system.data} lead={system.noData} />;
  const lead = engine.kind === 'cluster' ? system.clusterLead : system.dataLead;
  return (
    <Card title={system.data} lead={lead({ when: format.ago(data.at, Date.now()) })}>
      <Tables data={data} />
    </Card>
  );
};
