import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { typedText } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import type { Scope } from '../query/use-answer.ts';
import { asStored, valueName } from '../reports/panels.ts';
import { type Filter, type FilterDimension, inOneSpelling, type Operator } from '../state/filters.ts';
import { dimensionName } from '../statistics/report-table.ts';
import { Icon } from '../ui/icon.tsx';
import { isCoded, isPart, operatorsOf } from './dimensions.ts';
import { Suggestions } from './suggestions.tsx';
import { useOptions } from './use-options.ts';
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

/**
 * The field has the focus when a dimension was chosen: what had it is gone. Before the next key comes: an effect after the
 * picture was drawn lost the first letters of who types on.
 */
const useFocus = (field: RefObject<HTMLInputElement | null>): void =>
  useLayoutEffect(() => field.current?.focus(), [field]);

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
  // What is to be done once the suggestions for what was typed are there.
  const [next, setNext] = useState<'take' | 'apply' | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const suggestions = useSuggestions(scope, dimension, typed);
  const { rows, areCurrent } = suggestions;
  const remove = (value: string) => setValues(values.filter((other) => other !== value));
  const toggle = (value: string) => (values.includes(value) ? remove(value) : setValues([...values, value]));

  const written = typedText(typed) === '' ? null : inOneSpelling(dimension, asStored(dimension, typedText(typed)));
  const literal =
    written === null || isCoded(dimension) || rows.some(({ value }) => value === written) ? null : written;
  const offered = [...rows.map(({ value }) => value), ...(literal === null ? [] : [literal])];
  const take = (value: string | null | undefined) => {
    if (value != null) setValues([...new Set([...values, value])]);
    setTyped('');
  };
  const onTake = (index: number | null): boolean => {
    if (isPart(operator)) {
      if (written === null) return false;
      take(written);
    } else if (written !== null && !areCurrent) setNext('take');
    else if (index === null) return false;
    else take(offered[index]);
    return true;
  };
  const options = useOptions(isPart(operator) ? 0 : offered.length, typed, onTake);
  useEffect(() => {
    if (next === null || !areCurrent) return;
    setNext(null);
    if (next === 'take') take(offered[options.active ?? 0]);
    else form.current?.requestSubmit();
  }, [next, areCurrent]);
  const onSubmit = (event: SubmitEvent) => {
    // What was typed to find a value among others is no value of its own.
    const isValue = written !== null && (isPart(operator) || values.length === 0);
    if (isValue && !isPart(operator) && !areCurrent) {
      event.preventDefault();
      setNext('apply');
      return;
    }
    const added = isPart(operator) ? written : offered[options.active ?? 0];
    onApply({ operator, dimension, values: [...new Set([...values, ...(isValue && added != null ? [added] : [])])] });
  };

  return (
    // This method closes the dialog that the form is in, which gives the focus back.
    <form class="value-form" method="dialog" ref={form} onSubmit={onSubmit}>
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
        {...options.field}
      />
      {!isPart(operator) && (
        <Suggestions
          dimension={dimension}
          suggestions={suggestions}
          typed={literal}
          values={values}
          options={options}
          onToggle={toggle}
        />
      )}
      <button type="submit" class="primary" disabled={values.length === 0 && typed.trim() === '' && filter === null}>
        {text.filters.apply}
      </button>
    </form>
  );
};
