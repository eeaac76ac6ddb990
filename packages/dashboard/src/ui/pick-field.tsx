import { useId, useState } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { FieldFrame, type FieldProps, tiedTo } from './field.tsx';
import { Icon } from './icon.tsx';
import type { Option } from './select-field.tsx';

interface PickFieldProps extends Pick<FieldProps, 'label' | 'name' | 'hint' | 'error'> {
  options: readonly Option[];
  /** Values that are picked at first. */
  picked: readonly string[];
  placeholder?: string;
}

/** The values that were picked, as the form sends them. */
export const pickedOf = (sent: string | undefined): string[] => (sent ? sent.split(',') : []);

/** Some of many, found by typing a part of their names. */
export const PickField = ({ label, name, hint, error = null, options, picked: first, placeholder }: PickFieldProps) => {
  const [picked, setPicked] = useState(first);
  const [complaint, setComplaint] = useState<string | null>(null);
  const id = useId();
  const wrong = complaint ?? error;
  const nameOf = (value: string): string => options.find((option) => option.value === value)?.label ?? value;

  /** Picks what is named in full; true if there is such a one. */
  const pick = (input: HTMLInputElement): boolean => {
    const typed = input.value.trim().toLowerCase();
    const option = options.find(({ value, label }) => [value, label].some((one) => one.toLowerCase() === typed));
    if (option) {
      setPicked([...new Set([...picked, option.value])]);
      input.value = '';
    }
    setComplaint(null);
    return option !== undefined || typed === '';
  };
  const pickOrComplain = (input: HTMLInputElement): void => {
    if (!pick(input)) setComplaint(text.form.pick({ typed: input.value }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const input = event.currentTarget as HTMLInputElement;
    if (event.key !== 'Enter' || input.value === '') return;
    event.preventDefault();
    pickOrComplain(input);
  };

  return (
    <FieldFrame label={label} hint={hint} id={id} wrong={wrong}>
      {picked.length > 0 && (
        <ul class="picked">
          {picked.map((value) => (
            <li key={value}>
              {nameOf(value)}
              <button
                type="button"
                aria-label={text.form.removePicked({ name: nameOf(value) })}
                onClick={() => setPicked(picked.filter((other) => other !== value))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input type="hidden" name={name} value={picked.join(',')} />
      <input
        {...tiedTo(id, '', wrong)}
        list={`${id}-options`}
        autocomplete="off"
        placeholder={placeholder}
        onKeyDown={onKeyDown}
        onBlur={(event) => pickOrComplain(event.currentTarget)}
        onInput={(event) => {
          // A choice from the list has no type of input, or says that it replaces the text.
          const { inputType } = event as InputEvent;
          if (inputType === undefined || inputType === 'insertReplacementText') pick(event.currentTarget);
        }}
      />
      <datalist id={`${id}-options`}>
        {options
          .filter(({ value }) => !picked.includes(value))
          .map(({ value, label }) => (
            <option key={value} value={label} />
          ))}
      </datalist>
    </FieldFrame>
  );
};
