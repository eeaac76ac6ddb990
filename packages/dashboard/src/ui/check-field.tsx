import { useId } from 'preact/hooks';

interface CheckFieldProps {
  label: string;
  name: string;
  hint?: string;
  checked: boolean;
  onChange?: (checked: boolean) => void;
}

/** The value of a box that is ticked; one that is not has none. */
export const TICKED = 'on';

/** Something that is either so or not. */
export const CheckField = ({ label, name, hint, checked, onChange }: CheckFieldProps) => {
  const id = useId();
  return (
    <div class="check">
      <input
        type="checkbox"
        id={id}
        name={name}
        value={TICKED}
        defaultChecked={checked}
        aria-describedby={hint ? `${id}-note` : undefined}
        onChange={(event) => onChange?.(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p id={`${id}-note`} class="hint">
          {hint}
        </p>
      )}
    </div>
  );
};
