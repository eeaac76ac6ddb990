import { shownHost } from '../i18n/host-name.ts';
import '../styles/administration.css';
import { accountApi } from '../api/account.ts';
import type { ApiError, Status } from '../api/client.ts';
import { EVERYWHERE } from '../api/roles.ts';
import { load } from '../app/router.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { sitePath } from '../state/route.ts';
import { EmailField, PasswordField } from '../ui/credentials.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

const explain = ({ code }: ApiError): string | null => (code === 'email_taken' ? text.invite.exists : null);

interface InviteProps {
  token: string | null;
  /** Who is signed in already. */
  account: Status['account'];
}

/**
 * The page of an invitation: for those who have an account, and for those who make one by it. Then the dashboard begins
 * anew, with what they may see.
 */
export const Invite = ({ token, account }: InviteProps) => {
  const { data, error, retry } = useLoad(token && `invite ${token}`, (signal) =>
    accountApi.lookAtInvite(token ?? '', signal),
  );
  if (!token || error?.status === 404) return <Gate title={text.invite.title} lead={text.errors.bad_link} />;
  if (!data)
    return (
      <Gate title={text.invite.title}>{error ? <Failure error={error} retry={retry} /> : <Skeleton lines={3} />}</Gate>
    );

  const { site, role, email: invited } = data;
  const send = async ({ email = '', password = '' }: Values) => {
    await accountApi.acceptInvite(account ? { token } : { token, email, password });
    load(site === EVERYWHERE ? '/' : sitePath(site));
  };
  const lead =
    site === EVERYWHERE
      ? text.invite.everywhere({ role: text.roles[role] })
      : text.invite.lead({ site: shownHost(site), role: text.roles[role] });
  return (
    <Gate title={text.invite.title} lead={`${lead} ${text.roleMeaning[role]}`}>
      {account ? (
        <>
          <p>{text.invite.as({ email: account.email })}</p>
          <Form submit={text.invite.accept} send={send} explain={explain} />
        </>
      ) : (
        <Form submit={text.invite.create} send={send} explain={explain}>
          {(complaint) => (
            <>
              <EmailField value={invited ?? ''} error={complaint('email')} autofocus={invited === null} />
              <PasswordField label={text.signIn.password} error={complaint('password')} isNew />
            </>
          )}
        </Form>
      )}
      {!account && <p class="hint">{text.invite.haveAccount}</p>}
    </Gate>
  );
};
