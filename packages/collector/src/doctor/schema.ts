import { createVersions, MIGRATIONS } from '../store/migrate.ts';

/** A table as it should be. */
export interface ExpectedTable {
  readonly name: string;
  /** Types by name, in the order of the columns. */
  readonly columns: ReadonlyMap<string, string>;
  /** As `SummingMergeTree`. */
  readonly engine: string;
  /** As in `system.tables`; empty: none. */
  readonly sortingKey: string;
  readonly partitionKey: string;
  /** Tokens of batches that it remembers; 0: none. */
  readonly window: number;
}

/** A view that fills a table. */
export interface ExpectedView {
  readonly name: string;
  readonly select: string;
}

export interface ExpectedSchema {
  readonly tables: ReadonlyMap<string, ExpectedTable>;
  readonly views: ReadonlyMap<string, ExpectedView>;
}

const CREATE_TABLE = /^CREATE TABLE IF NOT EXISTS (\w+) \(\n(.*?)\n\) ENGINE = (\w+)(.*)$/s;
const CREATE_VIEW = /^CREATE MATERIALIZED VIEW IF NOT EXISTS (\w+) TO \w+ AS\n(.*)$/s;
const ADD_COLUMNS = /^ALTER TABLE (\w+)((?:,?\s+ADD COLUMN IF NOT EXISTS [^\n]+)+)$/;
const CHANGE_VIEW = /^ALTER TABLE (\w+) MODIFY QUERY\n(.*)$/s;
const COLUMN = /^\s*(?:ADD COLUMN IF NOT EXISTS )?`?(\w+)`? (.+?)(?: DEFAULT .*)?(?: CODEC\(.*)?,?$/;

/**
 * The tables and views of one server as the migrations up to a version make them, read from their statements: these say
 * what there is, and nothing else has to be kept in step with them.
 */
export const expectedSchema = (version: number): ExpectedSchema => {
  const tables = new Map<string, ExpectedTable>();
  const views = new Map<string, ExpectedView>();
  const steps = [createVersions, ...MIGRATIONS.slice(0, version)].flatMap((migration) => [...migration(null)]);
  for (const step of steps) {
    if (typeof step !== 'string') continue;
    const [, table, columns = '', engine = '', rest = ''] = CREATE_TABLE.exec(step) ?? [];
    if (table !== undefined) {
      tables.set(table, { name: table, columns: columnsIn(columns), engine, ...keysIn(rest) });
      continue;
    }
    const [, view, select = ''] = CREATE_VIEW.exec(step) ?? CHANGE_VIEW.exec(step) ?? [];
    if (view !== undefined) {
      views.set(view, { name: view, select });
      continue;
    }
    const [, changed = '', added = ''] = ADD_COLUMNS.exec(step) ?? [];
    const before = tables.get(changed);
    if (before !== undefined)
      tables.set(changed, { ...before, columns: new Map([...before.columns, ...columnsIn(added)]) });
  }
  return { tables, views };
};

const columnsIn = (lines: string): Map<string, string> =>
  new Map(
    lines
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [, name = '', type = ''] = COLUMN.exec(line) ?? [];
        return [name, type];
      }),
  );

const keysIn = (rest: string): Pick<ExpectedTable, 'sortingKey' | 'partitionKey' | 'window'> => ({
  sortingKey: /ORDER BY (?:\(([^)]*)\)|(\w+))/.exec(rest)?.slice(1).find(Boolean) ?? '',
  partitionKey: /PARTITION BY (\S+)/.exec(rest)?.[1] ?? '',
  window: Number(/non_replicated_deduplication_window = (\d+)/.exec(rest)?.[1] ?? 0),
});
