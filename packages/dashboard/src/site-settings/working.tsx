import { useState } from 'preact/hooks';
import { api, type Site } from '../api/client.ts';
import { type Checked, siteApi } from '../api/site.ts';
import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { shownAddress, shownHost } from '../i18n/host-name.ts';
import { shownPath } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import { useLoad } from '../query/use-load.ts';
import { sitePath } from '../state/route.ts';
import { ActButton } from '../ui/act-button.tsx';
import { Card } from '../ui/card.tsx';
import { Field } from '../ui/field.tsx';
import { FirstHit } from '../ui/first-hit.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import { pathCheck } from './checks.ts';

/** What was found on the page, and what to do about it. */
const Found = ({ checked: { finding, url, status, csp } }: { checked: Checked }) => {
  const shown = shownPath(shownAddress(url));
  const isFine = finding === 'found' && csp === null;
  return (
    <div class={isFine ? 'finding fine' : 'finding'} role="status" data-finding={finding}>
      <Icon name={isFine ? 'check' : 'close'} />
      <div>
        <p>{text.check.findings[finding]}</p>
        {csp && <p>{text.check.csp({ policy: csp })}</p>}
        <p class="muted breaking">{status === null ? shown : text.check.answered({ url: shown, status })}</p>
      </div>
    </div>
  );
};

/** Names like the site's that beacons came for, and a way to make them its own. */
const Near = ({ site, near }: { site: Site; near: NonNullable<Checked['near']> }) => {
  const { reload } = useSession();
  const add = async (name: string) => {
    await siteApi.change(site.domain, { aliases: [...site.aliases, name] });
    reload();
  };
  const left = near.filter(({ name }) => !site.aliases.includes(name));
  return (
    <ul class="entries" aria-label={text.check.near}>
      {left.map(({ name, count }) => (
        <li key={name}>
          <p>{text.check.nearName({ name: shownHost(name), count, written: format.count(count) })}</p>
          <ActButton act={() => add(name)} label={text.check.addNamed({ name: shownHost(name) })} class="control">
            {text.check.add}
          </ActButton>
        </li>
      ))}
    </ul>
  );
};

/** Looks at a page of the site, and waits for what it reports. */
export const Working = ({ site }: { site: Site }) => {
  const { data: now } = useLoad(`now ${site.domain}`, (signal) => api.now(site.domain, signal));
  const [checked, setChecked] = useState<Checked | null>(null);
  const send = async ({ path = '/' }: Values) => {
    setChecked(null);
    setChecked(await siteApi.check(site.domain, path));
  };
  return (
    <Card title={text.check.title} lead={text.check.lead({ domain: shownHost(site.domain) })}>
      <Form submit={text.check.submit} send={send} done="" weight="control">
        {(complaint) => (
          <Field
            label={text.check.page}
            name="path"
            error={complaint('path')}
            check={pathCheck}
            input={{ required: true, maxLength: 500, spellcheck: false, autocapitalize: 'none', defaultValue: '/' }}
          />
        )}
      </Form>
      {checked && <Found checked={checked} />}
      {checked?.near && <Near site={site} near={checked.near} />}
      {now &&
        (now.hits ? (
          <LiveDot count={now.visitors} href={sitePath(site.domain, 'live')} />
        ) : (
          <FirstHit domain={site.domain} />
        ))}
    </Card>
  );
};
