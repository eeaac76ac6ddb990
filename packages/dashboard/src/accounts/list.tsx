import { useState } from 'preact/hooks';
import { accountApi, type ListedAccount } from '../api/account.ts';
import { EVERYWHERE, ROLES, type Role } from '../api/roles.ts';
import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { ActButton } from '../ui/act-button.tsx';
import { ActSelect } from '../ui/act-select.tsx';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Copyable } from '../ui/copy.tsx';
import type { Option } from '../ui/select-field.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

const rolesOf = ({ roles, totp }: ListedAccount): string =>
  [
    ...Object.entries(roles).map(
      ([site, role]) => `${site === EVERYWHERE ? text.invites.everywhere : site}: ${text.roles[role]}`,
    ),
    ...(totp ? [text.totp.title] : []),
  ].join(' · ') || text.accounts.noRoles;

/** Stands for no role on all sites; those on single ones stay. */
const SINGLE_SITES = 'single';

const EVERYWHERE_OPTIONS: Option<Role | typeof SINGLE_SITES>[] = [
  { value: SINGLE_SITES, label: text.accounts.notEverywhere },
  ...ROLES.map((value) => ({ value, label: `${text.roles[value]}: ${text.invites.everywhere}` })),
];

/** A link that sets a new password, to be handed over. */
interface ResetLink {
  readonly email: string;
  readonly link: string;
  readonly expires: string;
}

/** All accounts, for those who administer them. */
export const AccountList = () => {
  const { account: own } = useSession();
  const { data, error, retry } = useLoad('accounts', accountApi.accounts);
  const [reset, setReset] = useState<ResetLink | null>(null);
  const [removing, setRemoving] = useState<ListedAccount | null>(null);

  const makeReset = async ({ id, email }: ListedAccount) => setReset({ email, ...(await accountApi.resetLink(id)) });
  const change = async ({ id }: ListedAccount, role: Role | typeof SINGLE_SITES) => {
    await accountApi.changeAccount(id, role === SINGLE_SITES ? null : role);
    retry();
  };
  const remove = async ({ id }: ListedAccount) => {
    await accountApi.removeAccount(id);
    retry();
  };

  return (
    <Card title={text.accounts.list}>
      {reset && (
        <div class="once">
          <p role="status">{text.accounts.resetLead({ email: reset.email, when: format.moment(reset.expires) })}</p>
          <Copyable value={reset.link} label={text.accounts.resetLink} />
        </div>
      )}
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={3} />}
      <ul class="entries" aria-label={text.accounts.list}>
        {data?.accounts.map((account) => (
          <li key={account.id}>
            <div>
              <b class="breaking">{account.email}</b>
              <small>{account.id === own.id ? `${text.accounts.you} · ${rolesOf(account)}` : rolesOf(account)}</small>
            </div>
            {account.id !== own.id && (
              <div class="actions">
                <ActSelect
                  label={text.accounts.everywhereOf({ email: account.email })}
                  options={EVERYWHERE_OPTIONS}
                  chosen={account.roles[EVERYWHERE] ?? SINGLE_SITES}
                  act={(role) => change(account, role)}
                />
                <ActButton label={text.accounts.resetNamed({ email: account.email })} act={() => makeReset(account)}>
                  {text.accounts.reset}
                </ActButton>
                <button
                  type="button"
                  class="quiet"
                  aria-label={text.accounts.removeNamed({ email: account.email })}
                  onClick={() => setRemoving(account)}
                >
                  {text.remove}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {removing && (
        <Confirm
          title={text.accounts.removeTitle({ email: removing.email })}
          lead={text.accounts.removeLead}
          submit={text.remove}
          act={() => remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </Card>
  );
};
