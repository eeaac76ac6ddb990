import '../styles/administration.css';
import { Invitations } from '../accounts/invitations.tsx';
import { AccountList } from '../accounts/list.tsx';
import { EVERYWHERE, includes } from '../api/roles.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';

/** Everyone who may sign in, for the owners of the whole collector. */
export const Accounts = () => {
  const { account, sites } = useSession();
  const isOwner = includes(account.roles[EVERYWHERE], 'owner');
  return (
    <Page title={text.accounts.title} bar={<HomeBar current="accounts" />} narrow>
      <h1>{text.accounts.title}</h1>
      {isOwner ? (
        <>
          <AccountList />
          <Invitations sites={[EVERYWHERE, ...sites.map(({ domain }) => domain)]} />
        </>
      ) : (
        <Empty title={text.accounts.closed} />
      )}
    </Page>
  );
};
