import '../styles/administration.css';
import { useState } from 'preact/hooks';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { Builder } from '../install/builder.tsx';
import { USUAL } from '../install/options.ts';
import { emailImage, noscriptImage, npmSnippet, scriptTag } from '../install/snippets.ts';
import { SiteBar } from '../ui/bar.tsx';
import { Card } from '../ui/card.tsx';
import { Copyable } from '../ui/copy.tsx';
import { Field } from '../ui/field.tsx';
import { FirstHit } from '../ui/first-hit.tsx';
import { Page } from '../ui/page.tsx';

/** Counts what the script cannot: pages without JavaScript, and e-mails. */
const Images = ({ domain }: { domain: string }) => {
  const { script } = useSession().status;
  const [name, setName] = useState(text.images.exampleName);
  return (
    <Card title={text.images.title} lead={text.images.lead}>
      <p>{text.images.noscript}</p>
      <Copyable value={noscriptImage(script, domain)} label={text.images.noscriptLabel} />
      <p>{text.images.email}</p>
      <Field
        label={text.images.name}
        name="email-name"
        input={{ value: name, maxLength: 100, onInput: ({ currentTarget }) => setName(currentTarget.value) }}
      />
      <Copyable value={emailImage(script, domain, name)} label={text.images.emailLabel} />
    </Card>
  );
};

/** Shows the script tag as its owner wants it, and waits for the site's first hit. */
export const Install = ({ domain }: { domain: string }) => {
  const {
    status: { script },
    sites,
  } = useSession();
  const [options, setOptions] = useState(USUAL);
  const name = sites.find((site) => site.domain === domain)?.name ?? domain;
  return (
    <Page title={`${text.nav.install} · ${name}`} bar={<SiteBar domain={domain} current="install" />} narrow>
      <h1>{text.install.title({ name })}</h1>
      <Card title={text.install.tag} lead={text.install.lead}>
        <Copyable value={scriptTag(script, domain, options)} label={text.install.tag} />
        <details class="more">
          <summary>{text.builder.title}</summary>
          <Builder options={options} onChange={setOptions} />
        </details>
        <details class="more">
          <summary>{text.builder.npm}</summary>
          <Copyable value="npm install @passerby/sdk" label={text.builder.npmInstall} />
          <Copyable value={npmSnippet(script, domain, options)} label={text.builder.npm} />
        </details>
      </Card>
      <section class="card">
        <FirstHit domain={domain} />
      </section>
      <Images domain={domain} />
    </Page>
  );
};
