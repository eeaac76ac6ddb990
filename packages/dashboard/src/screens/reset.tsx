import { accountApi } from '../api/account.ts';
import type { ApiError } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { PasswordField } from '../ui/credentials.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';

const explain = ({ status }: ApiError): string | null =>
  status === 403 || status === 404 ? text.reset.badToken : null;

/** The page of a link that resets a password. Then the dashboard begins anew, as whom it was for. */
export const Reset = ({ token }: { token: string | null }) => {
  if (!token) return <Gate title={text.reset.title} lead={text.reset.badToken} />;
  const send = async ({ password = '' }: Values) => {
    await accountApi.reset({ token, password });
    location.replace('/');
  };
  return (
    <Gate title={text.reset.title} lead={text.reset.lead}>
      <Form submit={text.reset.submit} send={send} explain={explain}>
        {(complaint) => <PasswordField label={text.reset.password} error={complaint('password')} isNew />}
      </Form>
    </Gate>
  );
};
