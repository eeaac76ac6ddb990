import { useState } from 'preact/hooks';
import { accountApi } from '../api/account.ts';
import { api } from '../api/client.ts';
import { navigate } from '../app/router.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { EmailField, PasswordField } from '../ui/credentials.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, type Values } from '../ui/form.tsx';

/** Who is signed in here, and the way out. */
export const SignedInAs = () => {
  const { account, reload } = useSession();
  const signOut = async () => {
    await api.logout();
    navigate('/login');
    reload();
  };
  return (
    <section class="card row">
      <div>
        <p class="muted">{text.account.signedInAs}</p>
        <p class="breaking">{account.email}</p>
      </div>
      <ActButton class="control" act={signOut}>
        {text.account.signOut}
      </ActButton>
    </section>
  );
};

/** The address that one signs in with. */
export const Email = () => {
  const { account, reload } = useSession();
  const send = async ({ email = '', password = '' }: Values) => {
    await accountApi.change({ email, password });
    reload();
    return { password: '' };
  };
  return (
    <Card title={text.account.email} lead={text.account.emailLead}>
      <Form submit={text.save} send={send} done={text.saved} weight="control">
        {(complaint) => (
          <>
            <EmailField value={account.email} error={complaint('email')} />
            <PasswordField label={text.account.current} error={complaint('password')} />
          </>
        )}
      </Form>
    </Card>
  );
};

const DeleteDialog = ({ onClose }: { onClose: () => void }) => {
  const { reload } = useSession();
  const send = async ({ password = '' }: Values) => {
    await accountApi.remove(password);
    navigate('/login');
    reload();
  };
  return (
    <Dialog title={text.account.deleteTitle} onClose={onClose} class="small">
      <p>{text.account.deleteLead}</p>
      <Form submit={text.account.delete} send={send} weight="danger">
        {(complaint) => <PasswordField label={text.account.current} error={complaint('password')} />}
      </Form>
    </Dialog>
  );
};

/** What is kept of the account: to take along, or to have deleted. */
export const OwnData = () => {
  const [deleting, setDeleting] = useState(false);
  return (
    <Card title={text.account.data} lead={text.account.dataLead}>
      <div class="actions">
        <a class="control" href="/api/account/export" download="passerby-account.json">
          {text.account.export}
        </a>
        <button type="button" class="danger" onClick={() => setDeleting(true)}>
          {text.account.deleteAccount}
        </button>
      </div>
      {deleting && <DeleteDialog onClose={() => setDeleting(false)} />}
    </Card>
  );
};
