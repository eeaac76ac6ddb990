import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../api.ts';
import { text } from '../text.ts';

/** What the collector refused: a field and a sentence; no field: the whole form. */
export interface Complaint {
  readonly field: string;
  readonly message: string;
}

interface FormProps {
  submit: string;
  /** Sends the values; rejects with {@link ApiError}. */
  send: (values: Record<string, string>) => Promise<void>;
  /** A sentence of the interface for a refusal; null: the collector's own. */
  explain?: (error: ApiError) => string | null;
  children: (complaint: (field: string) => string | null) => ComponentChildren;
}

const valuesOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));

/** A form that is sent in place; it is busy until answered, and shows a refusal at the field it names. */
export const Form = ({ submit, send, explain, children }: FormProps) => {
  const [busy, setBusy] = useState(false);
  const [complaint, setComplaint] = useState<Complaint | null>(null);

  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    setBusy(true);
    setComplaint(null);
    try {
      await send(valuesOf(form));
      form.reset();
    } catch (cause) {
      if (!(cause instanceof ApiError)) throw cause;
      const field = form.elements.namedItem(cause.field) instanceof HTMLElement ? cause.field : '';
      setComplaint({ field, message: explain?.(cause) ?? (cause.passing ? text.form.failed : cause.message) });
      (form.elements.namedItem(field) as HTMLElement | null)?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="form" onSubmit={onSubmit}>
      {children((field) => (complaint?.field === field ? complaint.message : null))}
      {complaint?.field === '' && (
        <p class="wrong" role="alert">
          {complaint.message}
        </p>
      )}
      <button type="submit" class="primary" disabled={busy}>
        {submit}
      </button>
    </form>
  );
};
