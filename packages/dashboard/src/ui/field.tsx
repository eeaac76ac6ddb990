import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId, useState } from 'preact/hooks';
import { text } from '../text.ts';

interface FieldProps {
  label: string;
  name: string;
  hint?: string;
  /** What is wrong with the value as sent. */
  error?: string | null;
  /** What is wrong with a value when the field is left. */
  check?: (value: string) => string | null;
  input?: InputHTMLAttributes<HTMLInputElement>;
  children?: ComponentChildren;
}

/** A labelled input that is checked when it is left; what is wrong stands beside it. */
export const Field = ({ label, name, hint, error, check, input, children }: FieldProps) => {
  const [complaint, setComplaint] = useState<string | null>(null);
  const id = useId();
  const wrong = complaint ?? error ?? null;

  const leave = (event: FocusEvent) => {
    const { value, required } = event.currentTarget as HTMLInputElement;
    // An empty field that was merely passed is no mistake yet.
    if (value !== '') setComplaint(check?.(value) ?? null);
    else if (!required) setComplaint(null);
  };
  const refuse = (event: Event) => {
    event.preventDefault();
    const field = event.currentTarget as HTMLInputElement;
    setComplaint(field.validity.valueMissing ? text.form.needed : (check?.(field.value) ?? field.validationMessage));
    (field.form?.querySelector(':invalid') as HTMLElement | null)?.focus();
  };

  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-note`}
        onBlur={leave}
        onInvalid={refuse}
        onInput={() => setComplaint(null)}
        {...input}
      />
      {children}
      <p id={`${id}-note`} class={wrong ? 'wrong' : 'hint'} role={wrong ? 'alert' : undefined}>
        {wrong ?? hint}
      </p>
    </div>
  );
};
