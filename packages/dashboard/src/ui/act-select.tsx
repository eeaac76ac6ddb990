import { useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';
import { refusalText } from '../i18n/refusal.ts';
import { text } from '../i18n/text.ts';
import { type Option, SelectField } from './select-field.tsx';

interface ActSelectProps<T extends string> {
  /** For those who do not see what it stands beside. */
  label: string;
  options: readonly Option<T>[];
  chosen: T;
  /** Makes it so; rejects with {@link ApiError}. */
  act: (value: T) => Promise<unknown>;
}

/** A choice that holds at once, without a form; what became of it stands beside it. */
export const ActSelect = <T extends string>({ label, options, chosen, act }: ActSelectProps<T>) => {
  const [note, setNote] = useState<string | null>(null);
  const [failures, setFailures] = useState(0);
  const choose = async (value: T) => {
    setNote(null);
    try {
      await act(value);
      setNote(text.saved);
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      setFailures(failures + 1);
      setNote(refusalText(cause));
    }
  };
  return (
    <>
      <div class="bare">
        {/* What was refused is not what is chosen: it begins anew. */}
        <SelectField key={failures} label={label} name="role" options={options} chosen={chosen} onChoose={choose} />
      </div>
      <small role="status">{note}</small>
    </>
  );
};
