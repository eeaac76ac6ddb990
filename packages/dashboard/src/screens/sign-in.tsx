import { type ApiError, api } from '../api.ts';
import { text } from '../text.ts';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';

const explain = ({ status }: ApiError): string | null =>
  ({ 401: text.signIn.wrong, 429: text.signIn.slow })[status] ?? null;

/** Asks who is there; what the address names is shown after. */
export const SignIn = ({ isOwned, onDone }: { isOwned: boolean; onDone: () => void }) => {
  if (!isOwned) return <Gate title={text.product} lead={text.signIn.noOwner} />;
  const send = async ({ email = '', password = '' }: Record<string, string>) => {
    await api.login({ email, password });
    onDone();
  };
  return (
    <Gate title={text.signIn.title}>
      <Form submit={text.signIn.submit} send={send} explain={explain}>
        {() => (
          <>
            <Field
              label={text.signIn.email}
              name="email"
              input={{ type: 'email', required: true, autocomplete: 'username', autofocus: true }}
            />
            <Field
              label={text.signIn.password}
              name="password"
              input={{ type: 'password', required: true, autocomplete: 'current-password' }}
            />
          </>
        )}
      </Form>
    </Gate>
  );
};
