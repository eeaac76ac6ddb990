import '../styles/administration.css';
import { Appearance } from '../account/appearance.tsx';
import { Password } from '../account/password.tsx';
import { Email, OwnData, SignedInAs } from '../account/person.tsx';
import { SecondFactor } from '../account/second-factor.tsx';
import { Sessions } from '../account/sessions.tsx';
import { Tokens } from '../account/tokens.tsx';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Page } from '../ui/page.tsx';
import { Sections, sectionOf } from '../ui/sections.tsx';

const PARTS = {
  account: () => (
    <>
      <SignedInAs />
      <Appearance />
      <Email />
      <OwnData />
    </>
  ),
  security: () => (
    <>
      <Password />
      <SecondFactor />
      <Sessions />
    </>
  ),
  tokens: () => <Tokens />,
};

/** The account of the reader: who they are, how they sign in, what programs may do for them. */
export const Account = ({ search }: { search: URLSearchParams }) => {
  const { status } = useSession();
  const section = sectionOf(text.account.sections, search);
  const Part = PARTS[section];
  return (
    <Page title={`${text.account.sections[section]} · ${text.nav.account}`} bar={<HomeBar current="account" />} narrow>
      <h1>{text.account.title}</h1>
      <Sections label={text.account.title} path="/account" titles={text.account.sections} current={section} />
      <Part />
      <small>{text.account.version({ version: status.version })}</small>
    </Page>
  );
};
