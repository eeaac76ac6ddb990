import { useState } from 'preact/hooks';
import { accountApi } from '../api/account.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { Card } from '../ui/card.tsx';
import { Copyable } from '../ui/copy.tsx';
import { PasswordField } from '../ui/credentials.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { type ComplaintOf, Form, type Values } from '../ui/form.tsx';
import { lazy } from '../ui/lazy.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

const QrCode = lazy(
  () => import('./qr-code.tsx').then((module) => module.QrCode),
  () => <div class="qr" />,
);

const Code = ({ complaint }: { complaint: ComplaintOf }) => (
  <Field
    label={text.signIn.code}
    name="code"
    error={complaint('code')}
    input={{ required: true, autocomplete: 'one-time-code', spellcheck: false }}
  />
);

/** What an app needs to make codes. */
interface Secret {
  readonly secret: string;
  readonly uri: string;
}

/** Shows the secret to an app, and has it prove that it took it. */
const Enrol = ({ secret: { secret, uri }, onCodes }: { secret: Secret; onCodes: (codes: string[]) => void }) => (
  <div class="enrol">
    <QrCode value={uri} label={text.totp.qr} />
    <div class="form">
      <p>{text.totp.scan}</p>
      <Copyable value={secret} label={text.totp.secret} />
      <Form
        submit={text.totp.confirm}
        send={async ({ code = '' }: Values) => onCodes((await accountApi.confirmTotp(code)).recovery)}
      >
        {(complaint) => <Code complaint={complaint} />}
      </Form>
    </div>
  </div>
);

const TurnOff = ({ onClose, onDone }: { onClose: () => void; onDone: () => void }) => {
  const send = async ({ password = '', code = '' }: Values) => {
    await accountApi.removeTotp({ password, code });
    onClose();
    onDone();
  };
  return (
    <Dialog title={text.totp.offTitle} onClose={onClose} class="small">
      <p>{text.totp.offLead}</p>
      <Form submit={text.totp.off} send={send} weight="danger">
        {(complaint) => (
          <>
            <PasswordField label={text.account.current} error={complaint('password')} />
            <Code complaint={complaint} />
          </>
        )}
      </Form>
    </Dialog>
  );
};

/** A code that is asked for at sign-in beside the password. */
export const SecondFactor = () => {
  const { account, reload } = useSession();
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [turningOff, setTurningOff] = useState(false);

  const begin = async ({ password = '' }: Values) => setSecret(await accountApi.beginTotp(password));
  const finish = () => {
    setSecret(null);
    setCodes(null);
    reload();
  };

  return (
    <Card title={text.totp.title} lead={text.totp.lead}>
      {codes && <RecoveryCodes codes={codes} onKept={finish} />}
      {secret && !codes && <Enrol secret={secret} onCodes={setCodes} />}
      {!secret && !account.totp && (
        <Form submit={text.totp.on} send={begin} weight="control">
          {(complaint) => <PasswordField label={text.account.current} error={complaint('password')} />}
        </Form>
      )}
      {!secret && account.totp && (
        <div class="actions">
          <p class="good">{text.totp.isOn}</p>
          <button type="button" class="control" onClick={() => setTurningOff(true)}>
            {text.totp.turnOff}
          </button>
        </div>
      )}
      {turningOff && <TurnOff onClose={() => setTurningOff(false)} onDone={reload} />}
    </Card>
  );
};
