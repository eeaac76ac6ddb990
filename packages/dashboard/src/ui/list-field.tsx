import { useId } from 'preact/hooks';
import { FieldFrame, type FieldProps, tiedTo } from './field.tsx';
import { useCheck } from './use-check.ts';

/** The entries of a list as it is written: one a line. */
export const entriesOf = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Characters of an entry that name it. */
const NAMED_BY = 40;

/** What is wrong with one entry of a list, and which it is. */
export const ofEntry = (entry: string, complaint: string): string =>
  `${entry.length > NAMED_BY ? `${entry.slice(0, NAMED_BY)}…` : entry}: ${complaint}`;

/** A list as it is written. */
export const writtenList = (entries: readonly string[]): string => entries.join('\n');

interface ListFieldProps extends Omit<FieldProps, 'check'> {
  entries: readonly string[];
  /** What is wrong with one entry. */
  checkEntry?: (entry: string) => string | null;
  placeholder?: string;
}

/** Lines that are shown before there are more entries. */
const FEWEST_LINES = 2;
const MOST_LINES = 10;

/** A list that is written one entry a line. */
export const ListField = ({ label, name, hint, error, checkEntry, entries, placeholder }: ListFieldProps) => {
  const id = useId();
  const check = (written: string): string | null => {
    for (const entry of entriesOf(written)) {
      const complaint = checkEntry?.(entry);
      if (complaint) return ofEntry(entry, complaint);
    }
    return null;
  };
  const { wrong, listeners } = useCheck(check, error);
  return (
    <FieldFrame label={label} hint={hint} id={id} wrong={wrong}>
      <textarea
        {...tiedTo(id, name, wrong)}
        {...listeners}
        rows={Math.min(Math.max(entries.length + 1, FEWEST_LINES), MOST_LINES)}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        defaultValue={writtenList(entries)}
      />
    </FieldFrame>
  );
};
