import { accountApi } from '../api/account.ts';
import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';
import { PasswordField } from '../ui/credentials.tsx';
import { Form, type Values } from '../ui/form.tsx';

/** A new password; whoever else is signed in with the old one is signed out. */
export const Password = () => {
  const send = async ({ current = '', password = '' }: Values) => {
    await accountApi.changePassword({ current, password });
    return { current: '', password: '' };
  };
  return (
    <Card title={text.account.password} lead={text.account.passwordLead}>
      <Form submit={text.account.changePassword} send={send} done={text.saved} weight="control">
        {(complaint) => (
          <>
            <PasswordField label={text.account.current} name="current" error={complaint('current')} />
            <PasswordField label={text.account.newPassword} error={complaint('password')} isNew />
          </>
        )}
      </Form>
    </Card>
  );
};
