import { useState } from 'preact/hooks';
import { api, type Site } from '../api.ts';
import { useLoad } from '../query/use-load.ts';
import { type Checked, siteApi } from '../site-api.ts';
import { sitePath } from '../state/route.ts';
import { text } from '../text.ts';
import { Card } from '../ui/card.tsx';
import { Field } from '../ui/field.tsx';
import { FirstHit } from '../ui/first-hit.tsx';
import { Form, type Values } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import { pathCheck } from './checks.ts';

/** What was found on the page, and what to do about it. */
const Found = ({ checked: { finding, url, status, csp } }: { checked: Checked }) => {
  const isFine = finding === 'found' && csp === null;
  return (
    <div class={isFine ? 'finding fine' : 'finding'} role="status" data-finding={finding}>
      <Icon name={isFine ? 'check' : 'close'} />
      <div>
        <p>{text.check.findings[finding]}</p>
        {csp && <p>{text.check.csp(csp)}</p>}
        <p class="muted breaking">{status === null ? url : text.check.answered(url, status)}</p>
      </div>
    </div>
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
    <Card title={text.check.title} lead={text.check.lead(site.domain)}>
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
      {now &&
        (now.hits ? (
          <LiveDot count={now.visitors} href={sitePath(site.domain, 'live')} />
        ) : (
          <FirstHit domain={site.domain} />
        ))}
    </Card>
  );
};
