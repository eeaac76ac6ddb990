import { useState } from 'preact/hooks';
import { csvOf, saveCsv } from '../reports/csv.ts';
import { Icon } from '../ui/icon.tsx';

/** What a file is made of. */
export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

interface CsvButtonProps {
  label: string;
  /** Name of the file, without its ending. */
  file: string;
  /** Brings what is saved; rejects if that cannot be had. */
  table: () => Table | Promise<Table>;
}

/** Saves a table as a file. */
export const CsvButton = ({ label, file, table }: CsvButtonProps) => {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const onClick = async () => {
    setState('busy');
    try {
      const { heads, rows } = await table();
      saveCsv(file, csvOf(heads, rows));
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <button
      type="button"
      class={state === 'failed' ? 'quiet csv wrong' : 'quiet csv'}
      aria-label={label}
      title={label}
      disabled={state === 'busy'}
      onClick={onClick}
    >
      <Icon name="download" />
      CSV
    </button>
  );
};
