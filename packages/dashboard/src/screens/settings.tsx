import { useState } from 'preact/hooks';
import { api, type Token } from '../api.ts';
import { format } from '../format.ts';
import { useLoad } from '../query/use-load.ts';
import { navigate } from '../router.ts';
import { useSession } from '../session.ts';
import { text } from '../text.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Copyable } from '../ui/copy.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Page } from '../ui/page.tsx';
import { Failure, Skeleton } from '../ui/states.tsx';

const DeleteToken = ({ token, onClose, onDeleted }: { token: Token; onClose: () => void; onDeleted: () => void }) => {
  const send = async () => {
    await api.deleteToken(token.id);
    onDeleted();
    onClose();
  };
  return (
    <Dialog title={text.settings.removeTitle(token.name)} onClose={onClose} class="small">
      <p>{text.settings.removeLead}</p>
      <Form submit={text.settings.remove} send={send}>
        {() => null}
      </Form>
    </Dialog>
  );
};

const Tokens = () => {
  const { data, error, retry } = useLoad('tokens', api.tokens);
  const [secret, setSecret] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<Token | null>(null);
  const send = async ({ name = '' }: Record<string, string>) => {
    const { token } = await api.addToken(name);
    setSecret(token);
    retry();
  };
  return (
    <section class="card" aria-labelledby="tokens">
      <h2 id="tokens">{text.settings.tokens}</h2>
      <p class="muted">{text.settings.tokensLead}</p>
      {error && <Failure error={error} retry={retry} />}
      {!data && !error && <Skeleton lines={2} />}
      {data?.tokens.length === 0 && <p class="muted">{text.settings.none}</p>}
      <ul class="tokens">
        {data?.tokens.map((token) => (
          <li key={token.id}>
            <b>{token.name}</b>
            <span class="muted">{text.settings.created(format.moment(token.created))}</span>
            <button
              type="button"
              class="quiet"
              aria-label={text.settings.removeNamed(token.name)}
              onClick={() => setDeleting(token)}
            >
              {text.settings.remove}
            </button>
          </li>
        ))}
      </ul>
      {secret && (
        <div class="once" role="status">
          <p>{text.settings.once}</p>
          <Copyable value={secret} label={text.settings.tokens} />
        </div>
      )}
      <Form submit={text.settings.create} send={send}>
        {(complaint) => (
          <Field
            label={text.settings.tokenName}
            name="name"
            error={complaint('name')}
            input={{ required: true, maxLength: 100, autocomplete: 'off' }}
          />
        )}
      </Form>
      {deleting && <DeleteToken token={deleting} onClose={() => setDeleting(null)} onDeleted={retry} />}
    </section>
  );
};

/** The account and the API tokens. */
export const Settings = () => {
  const { status, reload } = useSession();
  const signOut = async () => {
    await api.logout();
    navigate('/login');
    reload();
  };
  return (
    <Page title={text.settings.title} bar={<HomeBar current="settings" />} narrow>
      <h1>{text.settings.title}</h1>
      <section class="card row">
        <div>
          <p class="muted">{text.settings.signedInAs}</p>
          <p>{status.account?.email}</p>
        </div>
        <button type="button" class="control" onClick={signOut}>
          {text.settings.signOut}
        </button>
      </section>
      <Tokens />
      <p class="muted">{text.settings.version(status.version)}</p>
    </Page>
  );
};
