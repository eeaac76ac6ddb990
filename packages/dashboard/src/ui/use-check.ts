import type { TargetedEvent } from 'preact';
import { useState } from 'preact/hooks';
import { text } from '../i18n/text.ts';

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is wrong with a value; null: nothing. */
export type Check = (value: string) => string | null;

/**
 * Checks a control when it is left, and when its form is sent: then the first that is wrong has the focus.
 *
 * @param error What the collector said of the value as sent.
 * @returns What to say beside the control, and the control's listeners.
 */
export const useCheck = (check: Check | undefined, error: string | null | undefined) => {
  const [complaint, setComplaint] = useState<string | null>(null);

  const complain = (control: Control): void =>
    setComplaint(control.validity.valid ? null : sentence(control, check?.(control.value) ?? null));

  return {
    wrong: complaint ?? error ?? null,
    listeners: {
      onInput: ({ currentTarget }: TargetedEvent<Control>) => {
        currentTarget.setCustomValidity(check?.(currentTarget.value) ?? '');
        setComplaint(null);
      },
      onBlur: ({ currentTarget }: TargetedEvent<Control>) => {
        // An empty field that was merely passed is no mistake yet.
        if (currentTarget.value !== '') complain(currentTarget);
      },
      onInvalid: (event: TargetedEvent<Control>) => {
        event.preventDefault();
        complain(event.currentTarget);
        const first = event.currentTarget.form?.querySelector<HTMLElement>(
          'input:invalid, textarea:invalid, select:invalid',
        );
        first?.focus();
      },
    },
  };
};

const sentence = ({ validity, validationMessage }: Control, own: string | null): string =>
  validity.valueMissing ? text.errors.missing : (own ?? validationMessage);
