import { type ApiError, api } from '../api.ts';
import { text } from '../text.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';

const MIN_PASSWORD = 10;

const explain = ({ status }: ApiError): string | null =>
  ({ 403: text.setup.badToken, 409: text.setup.exists })[status] ?? null;

interface SetupProps {
  /** Of the one-time link. */
  token: string | null;
  /** There is an owner already. */
  isOwned: boolean;
  onDone: () => void;
}

/** The page of the one-time link: creates the owner account. */
export const Setup = ({ token, isOwned, onDone }: SetupProps) => {
  if (isOwned)
    return (
      <Gate title={text.setup.title} lead={text.setup.exists}>
        <a class="primary" href="/login">
          {text.setup.signIn}
        </a>
      </Gate>
    );
  if (!token) return <Gate title={text.setup.title} lead={text.setup.noToken} />;
  const send = async ({ email = '', password = '' }: Record<string, string>) => {
    await api.setup({ token, email, password });
    onDone();
  };
  return (
    <Gate title={text.setup.title} lead={text.setup.lead}>
      <Form submit={text.setup.submit} send={send} explain={explain}>
        {(complaint) => (
          <>
            <Field
              label={text.signIn.email}
              name="email"
              error={complaint('email')}
              check={(value) => (value.includes('@') ? null : text.form.email)}
              input={{ type: 'email', required: true, autocomplete: 'username', autofocus: true }}
            />
            <Field
              label={text.signIn.password}
              name="password"
              hint={text.setup.hint}
              error={complaint('password')}
              check={(value) => (value.length >= MIN_PASSWORD ? null : text.form.password)}
              input={{ type: 'password', required: true, minLength: MIN_PASSWORD, autocomplete: 'new-password' }}
            />
          </>
        )}
      </Form>
    </Gate>
  );
};
