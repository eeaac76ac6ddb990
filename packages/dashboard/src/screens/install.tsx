import { api } from '../api.ts';
import { useLoad } from '../query/use-load.ts';
import { useSession } from '../session.ts';
import { sitePath } from '../state/route.ts';
import { text } from '../text.ts';
import { SiteBar } from '../ui/bar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { ScriptTag } from '../ui/script-tag.tsx';

/** How often the collector is asked for the first hit, in milliseconds. */
const EVERY = 1500;

/** Shows the script tag and waits for the site's first hit. */
export const Install = ({ domain }: { domain: string }) => {
  const { status, sites } = useSession();
  const { data } = useLoad(`now ${domain}`, (signal) => api.now(domain, signal), { every: EVERY });
  const name = sites.find((site) => site.domain === domain)?.name ?? domain;
  const arrived = data?.hits === true;
  return (
    <Page title={name} bar={<SiteBar domain={domain} current="install" />} narrow>
      <h1>{text.install.title(name)}</h1>
      <section class="card">
        <p>{text.install.lead}</p>
        <ScriptTag script={status.script} domain={domain} />
      </section>
      <section class={arrived ? 'card waiting arrived' : 'card waiting'} aria-live="polite">
        {arrived ? <Icon name="check" /> : <span class="pulse" />}
        <div>
          <p>{arrived ? text.install.arrived : text.install.waiting}</p>
          {!arrived && <p class="muted">{text.install.waitingHint}</p>}
        </div>
        <a class={arrived ? 'primary' : 'control'} href={`${sitePath(domain)}?period=day`}>
          {arrived ? text.install.open : text.install.later}
        </a>
      </section>
    </Page>
  );
};
