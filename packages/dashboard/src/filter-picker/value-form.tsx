import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { typedText } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { asStored, valueName } from '../reports/panels.ts';
import { type Filter, type FilterDimension, inOneSpelling, type Operator } from '../state/filters.ts';
import { dimensionName } from '../statistics/report-table.ts';
import { Icon } from '../ui/icon.tsx';
import { isCoded, isPart, operatorsOf } from './dimensions.ts';
import { Suggestions } from './suggestions.tsx';
import { useSuggestions } from './use-suggestions.ts';

interface ChosenProps {
  dimension: FilterDimension;
  values: readonly string[];
  onRemove: (value: string) => void;
}

const Chosen = ({ dimension, values, onRemove }: ChosenProps) => (
  <ul class="chosen-values" aria-label={text.filters.chosen}>
    {values.map((value) => (
      <li key={value} class="chip">
        <b>{valueName(dimension, value)}</b>
        <button
          type="button"
          class="remove"
          aria-label={text.filters.removeValue({ value: valueName(dimension, value) })}
          onClick={() => onRemove(value)}
        >
          <Icon name="close" />
        </button>
      </li>
    ))}
  </ul>
);

interface OperatorChoiceProps {
  dimension: FilterDimension;
  operator: Operator;
  onChange: (operator: Operator) => void;
}

const OperatorChoice = ({ dimension, operator, onChange }: OperatorChoiceProps) => (
  <fieldset class="operators">
    <legend class="spoken">{text.filters.operator}</legend>
    {operatorsOf(dimension).map((name) => (
      <label key={name}>
        <input type="radio" name="operator" checked={name === operator} onChange={() => onChange(name)} />
        <span>{text.filters.operators[name]}</span>
      </label>
    ))}
  </fieldset>
);

/** The field has the focus when a dimension was chosen: the button that was clicked is gone. */
const useFocus = (field: RefObject<HTMLInputElement | null>): void => useEffect(() => field.current?.focus(), [field]);

interface ValueFormProps {
  scope: Scope;
  dimension: FilterDimension;
  /** The filter that is changed; null: a new one. */
  filter: Filter | null;
  onApply: (filter: Filter) => void;
}

/** How a dimension is compared, and with which values: chosen from those there are, or typed. */
export const ValueForm = ({ scope, dimension, filter, onApply }: ValueFormProps) => {
  const [operator, setOperator] = useState<Operator>(filter?.operator ?? 'is');
  const [values, setValues] = useState<readonly string[]>(filter?.values ?? []);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useFocus(field);
  const suggestions = useSuggestions(scope, dimension, typed);
  const remove = (value: string) => setValues(values.filter((other) => other !== value));
  const toggle = (value: string) => (values.includes(value) ? remove(value) : setValues([...values, value]));

  /** What was typed, as a value: a name stands for its code. */
  const typedValue = (): string[] => {
    const written = typedText(typed);
    if (written === '') return [];
    if (isCoded(dimension)) return suggestions.rows.slice(0, 1).map(({ value }) => value);
    return [inOneSpelling(dimension, asStored(dimension, written))];
  };
  const take = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || typed.trim() === '') return;
    event.preventDefault();
    setValues([...new Set([...values, ...typedValue()])]);
    setTyped('');
  };
  const onSubmit = () => {
    // What was typed to find a value among others is no value of its own.
    const isValue = isPart(operator) || values.length === 0;
    onApply({ operator, dimension, values: [...new Set([...values, ...(isValue ? typedValue() : [])])] });
  };

  return (
    // This method closes the dialog that the form is in, which gives the focus back.
    <form class="value-form" method="dialog" onSubmit={onSubmit}>
      <OperatorChoice dimension={dimension} operator={operator} onChange={setOperator} />
      {values.length > 0 && <Chosen dimension={dimension} values={values} onRemove={remove} />}
      <input
        type="search"
        // biome-ignore lint/a11y/noAutofocus: in a dialog that was opened to choose a value
        autoFocus
        class="wide-input"
        ref={field}
        value={typed}
        placeholder={isPart(operator) ? text.filters.partHint : text.filters.valueHint}
        aria-label={`${dimensionName(dimension)}: ${text.filters.value}`}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={take}
      />
      {!isPart(operator) && (
        <Suggestions dimension={dimension} suggestions={suggestions} values={values} onToggle={toggle} />
      )}
      <button type="submit" class="primary" disabled={values.length === 0 && typed.trim() === '' && filter === null}>
        {text.filters.apply}
      </button>
    </form>
  );
};
