import { useState } from 'preact/hooks';
import { accountApi } from '../api/account.ts';
import { EVERYWHERE, ROLES, type Role } from '../api/roles.ts';
import { format } from '../i18n/format.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { Copyable } from '../ui/copy.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { type Option, SelectField } from '../ui/select-field.tsx';
import { Failure } from '../ui/states.tsx';

/** A role as it can be chosen. */
export const roleOptions = (): Option<Role>[] => ROLES.map((value) => ({ value, label: text.roles[value] }));

/** What an invitation is for. */
const placeOf = (site: string): string => (site === EVERYWHERE ? text.invites.everywhere : shownHost(site));

/** Makes links by which others come in, and takes them back. @param sites what one may invite to: domains, `*` */
export const Invitations = ({ sites }: { sites: readonly [string, ...string[]] }) => {
  const { data, error, retry } = useLoad('invites', accountApi.invites);
  const [link, setLink] = useState<string | null>(null);
  const [role, setRole] = useState<Role>('viewer');
  const open = data?.invites.filter(({ site }) => sites.includes(site)) ?? [];

  const send = async ({ site = sites[0] }: Values) => {
    const invited = await accountApi.invite(site, role);
    setLink(invited.link);
    retry();
  };
  const takeBack = async (id: string) => {
    await accountApi.removeInvite(id);
    retry();
  };

  return (
    <Card title={text.invites.title} lead={text.invites.lead}>
      {link && (
        <div class="once">
          <p role="status">{text.invites.once}</p>
          <Copyable value={link} label={text.invites.link} />
        </div>
      )}
      <Form submit={text.invites.create} send={send} done="" weight="control">
        {(complaint) => (
          <>
            {sites.length > 1 && (
              <SelectField
                label={text.invites.site}
                name="site"
                options={sites.map((value) => ({ value, label: placeOf(value) }))}
                chosen={sites[0]}
                error={complaint('site')}
              />
            )}
            <SelectField
              label={text.invites.role}
              name="role"
              hint={text.roleMeaning[role]}
              options={roleOptions()}
              chosen={role}
              onChoose={setRole}
              error={complaint('role')}
            />
          </>
        )}
      </Form>
      {error && <Failure error={error} retry={retry} />}
      {open.length > 0 && (
        <ul class="entries" aria-label={text.invites.open}>
          {open.map((invite) => (
            <li key={invite.id}>
              <div>
                <b>{`${placeOf(invite.site)} · ${text.roles[invite.role]}`}</b>
                <small>{text.invites.expires({ when: format.moment(invite.expires) })}</small>
              </div>
              <ActButton
                label={text.invites.takeBackNamed({ site: placeOf(invite.site), role: text.roles[invite.role] })}
                act={() => takeBack(invite.id)}
              >
                {text.invites.takeBack}
              </ActButton>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
