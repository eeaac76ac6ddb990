import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../api/client.ts';
import { refusalText } from '../i18n/refusal.ts';
import { Icon } from './icon.tsx';
import { entriesOf, ofEntry } from './list-field.tsx';

/** Values by the names of the fields. Fields that are not ticked have none. */
export type Values = Readonly<Record<string, string>>;

/** Shows what the collector said of a field. */
export type ComplaintOf = (field: string) => string | null;

interface FormProps {
  submit: string;
  /** Sends the values; rejects with {@link ApiError}. Values that it returns are how they were understood. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most forms have nothing to return
  send: (values: Values) => Promise<Values | void>;
  /** A sentence for a refusal that means more here than elsewhere; null: the one that it has everywhere. */
  explain?: (error: ApiError) => string | null;
  /** Said beside the button once it is sent, if it is something; the values stay. Missing: the form is emptied. */
  done?: string;
  /** How much it weighs: `danger` cannot be undone. */
  weight?: 'primary' | 'control' | 'danger';
  children?: (complaint: ComplaintOf) => ComponentChildren;
}

/** What the collector refused: a field and a sentence; no field: the whole form. */
interface Complaint {
  readonly field: string;
  readonly message: string;
}

const valuesOf = (form: HTMLFormElement): Values =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));

const controlOf = (form: HTMLFormElement, name: string): HTMLElement | null => {
  const control = name === '' ? null : form.elements.namedItem(name);
  return control instanceof HTMLElement ? control : null;
};

const fill = (form: HTMLFormElement, values: Values): void => {
  for (const [name, value] of Object.entries(values)) {
    const control = controlOf(form, name);
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) control.value = value;
  }
};

/** A refusal names a field as `hostnames[2]`; its control is that of the list. */
const complaintOf = (form: HTMLFormElement, error: ApiError, explained: string | null): Complaint => {
  const [name = '', index = ''] = error.field.split(/[.[\]]/);
  const control = controlOf(form, name);
  const message = explained ?? refusalText(error);
  const entry =
    control instanceof HTMLTextAreaElement ? entriesOf(control.value)[Number(index || Number.NaN)] : undefined;
  return { field: control ? name : '', message: entry === undefined ? message : ofEntry(entry, message) };
};

/** A form that is sent in place; it is busy until answered, and shows a refusal at the field it names. */
export const Form = ({ submit, send, explain, done, weight = 'primary', children }: FormProps) => {
  const [state, setState] = useState<'open' | 'busy' | 'done'>('open');
  const [complaint, setComplaint] = useState<Complaint | null>(null);

  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (state === 'busy') return;
    setState('busy');
    setComplaint(null);
    try {
      const understood = await send(valuesOf(form));
      if (understood) fill(form, understood);
      if (done === undefined) form.reset();
      setState(done === undefined ? 'open' : 'done');
    } catch (cause) {
      setState('open');
      if (!(cause instanceof ApiError)) throw cause;
      const refused = complaintOf(form, cause, explain?.(cause) ?? null);
      setComplaint(refused);
      controlOf(form, refused.field)?.focus();
    }
  };
  const onInput = () => {
    if (state === 'done') setState('open');
    if (complaint) setComplaint(null);
  };

  return (
    <form class="form" onSubmit={onSubmit} onInput={onInput}>
      {children?.((field) => (complaint?.field === field ? complaint.message : null))}
      {complaint?.field === '' && (
        <p class="wrong" role="alert">
          {complaint.message}
        </p>
      )}
      <div class="form-foot">
        <button type="submit" class={weight} aria-disabled={state === 'busy'}>
          {submit}
        </button>
        <p class="done" role="status">
          {state === 'done' && done && (
            <>
              <Icon name="check" />
              {done}
            </>
          )}
        </p>
      </div>
    </form>
  );
};
