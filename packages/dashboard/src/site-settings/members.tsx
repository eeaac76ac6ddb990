import { useState } from 'preact/hooks';
import { roleOptions } from '../accounts/invitations.tsx';
import type { Site } from '../api/client.ts';
import type { Role } from '../api/roles.ts';
import { type Member, siteApi } from '../api/site.ts';
import { useSession } from '../app/session.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { ActSelect } from '../ui/act-select.tsx';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

interface MemberRowProps {
  domain: string;
  member: Member;
  onChanged: () => void;
  onRemove: () => void;
}

/** Somebody whose role on the site can be changed; those who may everything everywhere are listed elsewhere. */
const MemberRow = ({ domain, member: { id, email, role, everywhere }, onChanged, onRemove }: MemberRowProps) => {
  const { account } = useSession();
  const about = [
    ...(id === account.id ? [text.accounts.you] : []),
    ...(everywhere ? [text.members.everywhere({ role: text.roles[role] })] : []),
  ];
  const change = async (chosen: Role) => {
    await siteApi.changeMember(domain, id, chosen);
    onChanged();
  };
  return (
    <li>
      <div>
        <b class="breaking">{email}</b>
        <small>{about.join(' · ')}</small>
      </div>
      {!everywhere && (
        <div class="actions">
          <ActSelect label={text.members.roleOf({ email })} options={roleOptions()} chosen={role} act={change} />
          <button type="button" class="quiet" aria-label={text.members.removeNamed({ email })} onClick={onRemove}>
            {text.remove}
          </button>
        </div>
      )}
    </li>
  );
};

/** Who may see the site, and do what. */
export const Members = ({ site: { domain } }: { site: Site }) => {
  const { data, error, retry } = useLoad(`members ${domain}`, (signal) => siteApi.members(domain, signal));
  const [removing, setRemoving] = useState<Member | null>(null);
  const remove = async ({ id }: Member) => {
    await siteApi.removeMember(domain, id);
    retry();
  };
  return (
    <Card title={text.members.title} lead={text.members.lead}>
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={3} />}
      <ul class="entries" aria-label={text.members.title}>
        {data?.members.map((member) => (
          <MemberRow
            key={member.id}
            domain={domain}
            member={member}
            onChanged={retry}
            onRemove={() => setRemoving(member)}
          />
        ))}
      </ul>
      {removing && (
        <Confirm
          title={text.members.removeTitle({ email: removing.email })}
          lead={text.members.removeLead({ domain: shownHost(domain) })}
          submit={text.remove}
          act={() => remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
    </Card>
  );
};
