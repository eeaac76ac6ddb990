import { useId } from 'preact/hooks';
import { FieldFrame, type FieldProps, tiedTo } from './field.tsx';

/** One of several, and how it is called. */
export interface Option<T extends string = string> {
  readonly value: T;
  readonly label: string;
}

interface SelectFieldProps<T extends string> extends Pick<FieldProps, 'label' | 'name' | 'hint' | 'error'> {
  options: readonly Option<T>[];
  chosen: T;
  onChoose?: (value: T) => void;
}

/** A labelled choice of one of several. */
export const SelectField = <T extends string>({
  label,
  name,
  hint,
  error = null,
  options,
  chosen,
  onChoose,
}: SelectFieldProps<T>) => {
  const id = useId();
  const choose = (value: string): void => {
    const option = options.find((one) => one.value === value);
    if (option) onChoose?.(option.value);
  };
  return (
    <FieldFrame label={label} hint={hint} id={id} wrong={error}>
      <select {...tiedTo(id, name, error)} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {options.map(({ value, label: name }) => (
          <option key={value} value={value} selected={value === chosen}>
            {name}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
};
