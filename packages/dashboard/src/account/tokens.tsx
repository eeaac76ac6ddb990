import { useState } from 'preact/hooks';
import { accountApi, type Token } from '../api/account.ts';
import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Copyable } from '../ui/copy.tsx';
import { Field } from '../ui/field.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { PickField, pickedOf } from '../ui/pick-field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

const SCOPES = ['read', 'write'] as const;

const about = ({ scope, sites, created, lastUsed }: Token): string =>
  [
    text.tokens.scopes[scope],
    sites === null ? text.tokens.allSites : sites.map(shownHost).join(', '),
    text.tokens.created({ when: format.moment(created) }),
    lastUsed === null ? text.tokens.unused : text.tokens.used({ day: format.fullDay(lastUsed) }),
  ].join(' · ');

/** Asks what a new token is for, and shows it once. */
const NewToken = ({ onCreated }: { onCreated: () => void }) => {
  const { sites } = useSession();
  const [secret, setSecret] = useState<string | null>(null);
  const send = async ({ name = '', scope = '', sites: picked }: Values) => {
    const named = pickedOf(picked);
    const { token } = await accountApi.addToken({
      name,
      scope: SCOPES.find((one) => one === scope) ?? 'read',
      sites: named.length === 0 ? null : named,
    });
    setSecret(token);
    onCreated();
  };
  return (
    <>
      {secret && (
        <div class="once">
          <p role="status">{text.tokens.once}</p>
          <Copyable value={secret} label={text.tokens.title} />
        </div>
      )}
      <Form submit={text.tokens.create} send={send} weight="control">
        {(complaint) => (
          <>
            <Field
              label={text.tokens.name}
              name="name"
              error={complaint('name')}
              input={{ required: true, maxLength: 100, autocomplete: 'off' }}
            />
            <SelectField
              label={text.tokens.scope}
              name="scope"
              options={SCOPES.map((value) => ({ value, label: text.tokens.scopes[value] }))}
              chosen="read"
              error={complaint('scope')}
            />
            {/* A token that was made has no sites picked for the next one. */}
            <PickField
              key={secret ?? ''}
              label={text.tokens.sites}
              name="sites"
              hint={text.tokens.sitesHint}
              options={sites.map(({ domain, name }) => ({ value: domain, label: name }))}
              picked={[]}
              error={complaint('sites')}
            />
          </>
        )}
      </Form>
    </>
  );
};

/** What programs sign in with. */
export const Tokens = () => {
  const { data, error, retry } = useLoad('tokens', accountApi.tokens);
  const [deleting, setDeleting] = useState<Token | null>(null);
  const remove = async (id: string) => {
    await accountApi.removeToken(id);
    retry();
  };
  return (
    <Card title={text.tokens.title} lead={text.tokens.lead}>
      <p>
        <a href="/api/reference" target="_blank" rel="noopener">
          {text.tokens.reference}
        </a>
      </p>
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={2} />}
      {data?.tokens.length === 0 && <p class="muted">{text.tokens.none}</p>}
      <ul class="entries" aria-label={text.tokens.title}>
        {data?.tokens.map((token) => (
          <li key={token.id}>
            <div>
              <b>{token.name}</b>
              <small>{about(token)}</small>
            </div>
            <button
              type="button"
              class="quiet"
              aria-label={text.tokens.removeNamed({ name: token.name })}
              onClick={() => setDeleting(token)}
            >
              {text.remove}
            </button>
          </li>
        ))}
      </ul>
      <NewToken onCreated={retry} />
      {deleting && (
        <Confirm
          title={text.tokens.removeTitle({ name: deleting.name })}
          lead={text.tokens.removeLead}
          submit={text.remove}
          act={() => remove(deleting.id)}
          onClose={() => setDeleting(null)}
        />
      )}
    </Card>
  );
};
