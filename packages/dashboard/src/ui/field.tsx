import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { type Check, useCheck } from './use-check.ts';

/** What every field of a form has. */
export interface FieldProps {
  label: string;
  name: string;
  hint?: string | undefined;
  /** What is wrong with the value as sent. */
  error?: string | null;
  /** What is wrong with a value that is not empty. */
  check?: Check | undefined;
}

interface FrameProps extends Pick<FieldProps, 'label' | 'hint'> {
  /** Of the control. */
  id: string;
  wrong: string | null;
  children: ComponentChildren;
}

/** Names the control of a field, and says beside it what it is for or what is wrong. */
export const FieldFrame = ({ label, hint, id, wrong, children }: FrameProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    <p id={`${id}-note`} class={wrong ? 'wrong' : 'hint'} role={wrong ? 'alert' : undefined}>
      {wrong ?? hint}
    </p>
  </div>
);

/** What ties a control to its field. */
export const tiedTo = (id: string, name: string, wrong: string | null) => ({
  id,
  name,
  'aria-invalid': wrong !== null,
  'aria-describedby': `${id}-note`,
});

interface TextFieldProps extends FieldProps {
  input?: InputHTMLAttributes<HTMLInputElement>;
  children?: ComponentChildren;
}

/** A labelled input that is checked when it is left; what is wrong stands beside it. */
export const Field = ({ label, name, hint, error, check, input, children }: TextFieldProps) => {
  const id = useId();
  const { wrong, listeners } = useCheck(check, error);
  return (
    <FieldFrame label={label} hint={hint} id={id} wrong={wrong}>
      <input {...tiedTo(id, name, wrong)} {...listeners} {...input} />
      {children}
    </FieldFrame>
  );
};
