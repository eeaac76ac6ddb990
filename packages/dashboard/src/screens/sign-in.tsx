import { useState } from 'preact/hooks';
import { ApiError, api } from '../api/client.ts';
import { text } from '../i18n/text.ts';
import { EmailField, PasswordField } from '../ui/credentials.tsx';
import { Field } from '../ui/field.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Gate } from '../ui/gate.tsx';

/** E-mail and password that are right, of an account with a second factor. */
interface Proof {
  readonly email: string;
  readonly password: string;
}

const asksForCode = (cause: unknown): boolean => cause instanceof ApiError && cause.field === 'code';

const First = ({ onDone, onCode }: { onDone: () => void; onCode: (proof: Proof) => void }) => {
  const send = async ({ email = '', password = '' }: Values) => {
    try {
      await api.login({ email, password });
      onDone();
    } catch (cause) {
      if (!asksForCode(cause)) throw cause;
      onCode({ email, password });
    }
  };
  return (
    <Gate title={text.signIn.title}>
      <Form submit={text.signIn.submit} send={send}>
        {() => (
          <>
            <EmailField autofocus />
            <PasswordField label={text.signIn.password} />
          </>
        )}
      </Form>
      <p class="hint">{text.signIn.forgotten}</p>
    </Gate>
  );
};

const Second = ({ proof, onDone, onBack }: { proof: Proof; onDone: () => void; onBack: () => void }) => {
  const send = async ({ code = '' }: Values) => {
    await api.login({ ...proof, code });
    onDone();
  };
  return (
    <Gate title={text.signIn.codeTitle} lead={text.signIn.codeLead}>
      <Form submit={text.signIn.submit} send={send}>
        {(complaint) => (
          <Field
            label={text.signIn.code}
            name="code"
            error={complaint('code')}
            input={{ required: true, autofocus: true, autocomplete: 'one-time-code', spellcheck: false }}
          />
        )}
      </Form>
      <button type="button" class="quiet" onClick={onBack}>
        {text.signIn.back}
      </button>
    </Gate>
  );
};

/** Asks who is there; what the address names is shown after. */
export const SignIn = ({ isOwned, onDone }: { isOwned: boolean; onDone: () => void }) => {
  const [proof, setProof] = useState<Proof | null>(null);
  if (!isOwned) return <Gate title={text.product} lead={text.signIn.noOwner} />;
  if (proof) return <Second proof={proof} onDone={onDone} onBack={() => setProof(null)} />;
  return <First onDone={onDone} onCode={setProof} />;
};
