import { useState } from 'preact/hooks';
import { text } from '../i18n/text.ts';
import { Field } from '../ui/field.tsx';

const zones = (): string[] => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

/** True for a name that `Intl` knows, aliases such as `Asia/Calcutta` too. */
const isZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** A time zone, by its IANA name. The four hundred that there are come with the wish to choose one. */
export const ZoneField = ({ zone, error }: { zone: string; error: string | null }) => {
  const [isChoosing, setChoosing] = useState(false);
  return (
    <Field
      label={text.addSite.timezone}
      name="timezone"
      hint={text.addSite.timezoneHint}
      error={error}
      check={(value) => (isZone(value.trim()) ? null : text.errors.not_a_time_zone)}
      input={{
        required: true,
        list: 'zones',
        autocomplete: 'off',
        spellcheck: false,
        defaultValue: zone,
        onFocus: () => setChoosing(true),
      }}
    >
      <datalist id="zones">{isChoosing && zones().map((name) => <option key={name} value={name} />)}</datalist>
    </Field>
  );
};
