import { accountApi } from '../api/account.ts';
import { load } from '../app/router.ts';
import { text } from '../i18n/text.ts';
import { PasswordField } from '../ui/credentials.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';

/** The page of a link that resets a password. Then the dashboard begins anew, as whom it was for. */
export const Reset = ({ token }: { token: string | null }) => {
  if (!token) return <Gate title={text.reset.title} lead={text.errors.bad_link} />;
  const send = async ({ password = '' }: Values) => {
    await accountApi.reset({ token, password });
    load('/');
  };
  return (
    <Gate title={text.reset.title} lead={text.reset.lead}>
      <Form submit={text.reset.submit} send={send}>
        {(complaint) => <PasswordField label={text.reset.password} error={complaint('password')} isNew />}
      </Form>
    </Gate>
  );
};
