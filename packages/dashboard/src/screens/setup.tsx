import { type ApiError, api } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { EmailField, PasswordField } from '../ui/credentials.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';

const explain = ({ code }: ApiError): string | null => (code === 'bad_link' ? text.setup.badToken : null);

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
      <Gate title={text.setup.title} lead={text.errors.owner_exists}>
        <a class="primary" href="/login">
          {text.setup.signIn}
        </a>
      </Gate>
    );
  if (!token) return <Gate title={text.setup.title} lead={text.setup.noToken} />;
  const send = async ({ email = '', password = '' }: Values) => {
    await api.setup({ token, email, password });
    onDone();
  };
  return (
    <Gate title={text.setup.title} lead={text.setup.lead}>
      <Form submit={text.setup.submit} send={send} explain={explain}>
        {(complaint) => (
          <>
            <EmailField error={complaint('email')} autofocus />
            <PasswordField label={text.signIn.password} error={complaint('password')} isNew />
          </>
        )}
      </Form>
    </Gate>
  );
};
