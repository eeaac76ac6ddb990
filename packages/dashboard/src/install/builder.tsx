import { text } from '../i18n/text.ts';
import { pagePattern } from '../site-settings/checks.ts';
import { CheckField } from '../ui/check-field.tsx';
import { Field } from '../ui/field.tsx';
import { entriesOf, ListField } from '../ui/list-field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { AUTO_EVENTS, type AutoEvent, CONSOLE_LEVELS, type TagOptions } from './options.ts';

interface BuilderProps {
  options: TagOptions;
  onChange: (options: TagOptions) => void;
}

const SWITCHES = ['hash', 'manual', 'local'] as const;

/** The options of the script; each changes what is shown to be copied. */
export const Builder = ({ options, onChange }: BuilderProps) => {
  const set = (change: Partial<TagOptions>): void => onChange({ ...options, ...change });
  const setAuto = (event: AutoEvent, on: boolean): void =>
    set({ auto: on ? [...options.auto, event] : options.auto.filter((other) => other !== event) });
  return (
    <div class="form">
      <CheckField
        label={text.builder.full}
        name="full"
        hint={text.builder.fullHint}
        checked={options.full}
        onChange={(full) => set({ full })}
      />
      {options.full && (
        <div class="inset">
          <SelectField
            label={text.builder.console}
            name="console"
            options={CONSOLE_LEVELS.map((value) => ({ value, label: text.builder.consoleLevels[value] }))}
            chosen={options.console}
            onChoose={(level) => set({ console: level })}
          />
          <Field
            label={text.builder.release}
            name="release"
            hint={text.builder.releaseHint}
            input={{
              maxLength: 64,
              spellcheck: false,
              value: options.release,
              onInput: ({ currentTarget }) => set({ release: currentTarget.value.trim() }),
            }}
          />
        </div>
      )}
      <fieldset class="checks">
        <legend>{text.builder.auto}</legend>
        {AUTO_EVENTS.map((event) => (
          <CheckField
            key={event}
            label={text.builder.autoEvents[event]}
            name={`auto-${event}`}
            checked={options.auto.includes(event)}
            onChange={(on) => setAuto(event, on)}
          />
        ))}
      </fieldset>
      <fieldset class="checks">
        <legend>{text.builder.pages}</legend>
        {SWITCHES.map((name) => (
          <CheckField
            key={name}
            label={text.builder.switches[name]}
            name={name}
            hint={text.builder.switchHints[name]}
            checked={options[name]}
            onChange={(on) => set({ [name]: on })}
          />
        ))}
      </fieldset>
      {/* Listens to what bubbles, so that the list keeps what is being written. */}
      <div onInput={({ target }) => target instanceof HTMLTextAreaElement && set({ exclude: entriesOf(target.value) })}>
        <ListField
          label={text.builder.exclude}
          name="exclude"
          hint={text.builder.excludeHint}
          checkEntry={pagePattern}
          entries={[]}
          placeholder="/admin/*"
        />
      </div>
    </div>
  );
};
