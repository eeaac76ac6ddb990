import { CheckField } from '../../src/ui/check-field.tsx';
import { EmailField, PasswordField } from '../../src/ui/credentials.tsx';
import { Field } from '../../src/ui/field.tsx';
import { Form } from '../../src/ui/form.tsx';
import { ListField } from '../../src/ui/list-field.tsx';
import { PickField } from '../../src/ui/pick-field.tsx';
import { SelectField } from '../../src/ui/select-field.tsx';
import { fail, hang, refuse, succeed } from '../acts.ts';
import type { Sections } from '../states.ts';

const HINT = 'What it is for.';
const WRONG = 'must be something else';
const COUNTRIES = [
  { value: 'AT', label: 'Austria' },
  { value: 'DE', label: 'Germany' },
  { value: 'JP', label: 'Japan' },
];

const InForm = ({ send, done }: { send: () => Promise<void>; done?: string }) => (
  <Form submit="Save" send={send} {...(done === undefined ? {} : { done })}>
    {(complaint) => <Field label="Name" name="name" hint={HINT} error={complaint('name')} />}
  </Form>
);

/** What is filled in. */
export const FIELDS: Sections = {
  'check-field': {
    ticked: () => <CheckField label="Honour Do Not Track" name="dnt" checked />,
    'with a hint': () => <CheckField label="Honour Do Not Track" name="dnt" hint={HINT} checked={false} />,
  },
  credentials: {
    'e-mail': () => <EmailField value="ann@example.com" />,
    'wrong e-mail': () => <EmailField value="ann@example.com" error={WRONG} />,
    password: () => <PasswordField label="Password" />,
    'new password': () => <PasswordField label="New password" isNew />,
    'wrong password': () => <PasswordField label="Password" error={WRONG} />,
  },
  field: {
    empty: () => <Field label="Name" name="name" hint={HINT} input={{ placeholder: 'The Corner Bakery' }} />,
    filled: () => <Field label="Name" name="name" hint={HINT} input={{ defaultValue: 'The Corner Bakery' }} />,
    wrong: () => <Field label="Name" name="name" hint={HINT} error={WRONG} input={{ defaultValue: 'x' }} />,
    disabled: () => <Field label="Name" name="name" hint={HINT} input={{ disabled: true, defaultValue: 'x' }} />,
  },
  form: {
    open: () => <InForm send={succeed} />,
    'done, once sent': () => <InForm send={succeed} done="Saved" />,
    'busy, once sent': () => <InForm send={hang} />,
    'refused at a field, once sent': () => <InForm send={refuse('name')} />,
    'refused as a whole, once sent': () => <InForm send={refuse()} />,
    'failed, once sent': () => <InForm send={fail} />,
    'one that cannot be undone': () => <Form submit="Delete" send={succeed} weight="danger" />,
  },
  'list-field': {
    empty: () => <ListField label="Pages" name="pages" hint={HINT} entries={[]} placeholder="/intern/*" />,
    filled: () => <ListField label="Pages" name="pages" hint={HINT} entries={['/intern/*', '/drafts/*', '/preview']} />,
    wrong: () => <ListField label="Pages" name="pages" error={WRONG} entries={['intern']} />,
  },
  'pick-field': {
    none: () => (
      <PickField label="Countries" name="countries" hint={HINT} options={COUNTRIES} picked={[]} placeholder="Germany" />
    ),
    some: () => <PickField label="Countries" name="countries" hint={HINT} options={COUNTRIES} picked={['DE', 'AT']} />,
    wrong: () => <PickField label="Countries" name="countries" error={WRONG} options={COUNTRIES} picked={['DE']} />,
  },
  'select-field': {
    chosen: () => <SelectField label="Country" name="country" hint={HINT} options={COUNTRIES} chosen="DE" />,
    wrong: () => <SelectField label="Country" name="country" error={WRONG} options={COUNTRIES} chosen="DE" />,
  },
  'use-check': {
    'wrong, once it is left with less than three letters': () => (
      <Field label="Name" name="name" hint={HINT} check={(value) => (value.length < 3 ? WRONG : null)} />
    ),
    'wrong, once it is sent empty': () => (
      <Form submit="Save" send={succeed}>
        {() => <Field label="Name" name="name" input={{ required: true }} />}
      </Form>
    ),
  },
};
