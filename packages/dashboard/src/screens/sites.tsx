import type { Site } from '@passerby/collector/site';
import { api } from '../api.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { format } from '../format.ts';
import { useAnswer } from '../query/use-answer.ts';
import { useLoad } from '../query/use-load.ts';
import { useSession } from '../session.ts';
import { sitePath } from '../state/route.ts';
import { parseView } from '../state/view.ts';
import { text } from '../text.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Change } from '../ui/change.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import { Page } from '../ui/page.tsx';
import { Empty } from '../ui/states.tsx';

const WEEK = parseView(new URLSearchParams('period=7d'));
const EVERY = 15_000;

const SiteCard = ({ site }: { site: Site }) => {
  const scope = { domain: site.domain, view: WEEK };
  const week = useAnswer(scope, { metrics: ['visitors', 'pageviews'], comparable: true }, { every: EVERY });
  const days = useAnswer(scope, { metrics: ['visitors'], dimensions: ['time:day'] }, { every: EVERY });
  const now = useLoad(`now ${site.domain}`, (signal) => api.now(site.domain, signal), { every: EVERY });
  const row = week.data?.results[0];
  const [visitors = null, pageviews = null] = row?.metrics ?? [];
  return (
    <li>
      <a class="site card" href={sitePath(site.domain)}>
        <span class="site-name">
          <b>{site.name}</b>
          <small>{site.domain}</small>
        </span>
        <span class="site-now">{now.data && <LiveDot count={now.data.visitors} />}</span>
        <Sparkline values={days.data?.results.map(({ metrics }) => metrics[0] ?? 0) ?? []} />
        <span class="site-figure">
          <small>{text.metrics.visitors}</small>
          <b data-value={visitors}>{row ? format.figure('visitors', visitors) : ''}</b>
        </span>
        <span class="site-figure">
          <small>{text.metrics.pageviews}</small>
          <b data-value={pageviews}>{row ? format.figure('pageviews', pageviews) : ''}</b>
        </span>
        <span class="site-figure">
          <small>{text.sites.lastWeek}</small>
          <Change change={row?.comparison?.change[0] ?? null} moreIs="good" />
        </span>
      </a>
    </li>
  );
};

/** All sites, each with its last seven days. */
export const Sites = () => {
  const { sites } = useSession();
  return (
    <Page title={text.sites.title} bar={<HomeBar current="sites" />}>
      <h1>{text.sites.title}</h1>
      {sites.length === 0 && (
        <Empty title={text.sites.empty}>
          <p class="muted">{text.sites.emptyLead}</p>
          <a class="primary" href="/new">
            {text.nav.addSite}
          </a>
        </Empty>
      )}
      <ul class="sites">
        {sites.map((site) => (
          <SiteCard key={site.id} site={site} />
        ))}
      </ul>
    </Page>
  );
};
