import { text } from '../i18n/text.ts';
import { Field } from './field.tsx';

const FEWEST = 10;
const MOST = 200;

interface PasswordFieldProps {
  label: string;
  name?: string;
  error?: string | null;
  /** It is chosen now, not proved. */
  isNew?: boolean;
}

/** A password: a new one, which has to be long enough, or the one that there is. */
export const PasswordField = ({ label, name = 'password', error = null, isNew = false }: PasswordFieldProps) => (
  <Field
    label={label}
    name={name}
    hint={isNew ? text.setup.hint : undefined}
    error={error}
    check={(value) => (!isNew || value.length >= FEWEST ? null : text.form.password)}
    input={{
      type: 'password',
      required: true,
      maxLength: MOST,
      autocomplete: isNew ? 'new-password' : 'current-password',
    }}
  />
);

/** An e-mail address that one signs in with. */
export const EmailField = ({
  error = null,
  ...rest
}: {
  error?: string | null;
  value?: string;
  autofocus?: boolean;
}) => (
  <Field
    label={text.signIn.email}
    name="email"
    error={error}
    check={(value) => (/^[^@\s]+@[^@\s]+$/.test(value.trim()) ? null : text.errors.not_an_email)}
    input={{
      type: 'email',
      required: true,
      autocomplete: 'username',
      autofocus: rest.autofocus ?? false,
      defaultValue: rest.value ?? '',
    }}
  />
);
