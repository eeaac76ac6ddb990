import '../styles/administration.css';
import '../styles/sites.css';
import { useRef, useState } from 'preact/hooks';
import type { Site } from '../api/client.ts';
import { EVERYWHERE, includes } from '../api/roles.ts';
import { type Overview, statisticsApi } from '../api/statistics.ts';
import { useSession } from '../app/session.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { format } from '../i18n/format.ts';
import { shownHost } from '../i18n/host-name.ts';
import { text } from '../i18n/text.ts';
import { useHelp } from '../keyboard/use-help.tsx';
import { EVERY } from '../query/clock.ts';
import { useLoad } from '../query/use-load.ts';
import { sitePath } from '../state/route.ts';
import { plain } from '../statistics/list-rows.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Change } from '../ui/change.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Failure } from '../ui/states.tsx';

const PERIOD = '28d';
/** Sites from which on there is a search. */
const SEARCH_FROM = 10;

const METRICS = ['visitors', 'visits', 'pageviews'] as const;

/** The numbers of a card; undefined: not yet known. */
const Numbers = ({ numbers }: { numbers: Overview['total'] | undefined }) => (
  <>
    <Sparkline values={numbers?.series ?? []} />
    {METRICS.map((metric) => (
      <span key={metric} class="site-metric" data-metric={metric}>
        <small>{text.columns[metric]}</small>
        <b data-value={numbers?.[metric] ?? ''} class={numbers ? undefined : 'pending'}>
          {numbers ? format.compact(metric, numbers[metric]) : ' '}
        </b>
      </span>
    ))}
    <span class="site-metric">
      <small>{text.sites.change}</small>
      <Change change={numbers?.change ?? null} moreIs="good" />
    </span>
  </>
);

const SiteCard = ({ site, numbers }: { site: Site; numbers: Overview['total'] | undefined }) => (
  <li>
    <a class="site card" href={sitePath(site.domain)}>
      <span class="site-name">
        <b>{site.name}</b>
        {site.name !== shownHost(site.domain) && <small>{shownHost(site.domain)}</small>}
      </span>
      <Numbers numbers={numbers} />
    </a>
  </li>
);

/** All the sites together. */
const Total = ({ numbers }: { numbers: Overview['total'] | undefined }) => (
  <section class="site card total" aria-label={text.sites.all}>
    <span class="site-name">
      <b>{text.sites.all}</b>
      <small>{text.sites.period}</small>
    </span>
    <Numbers numbers={numbers} />
  </section>
);

const NoSites = ({ mayAdd }: { mayAdd: boolean }) => (
  <Empty title={text.sites.empty}>
    {mayAdd && <p class="muted">{text.sites.emptyLead}</p>}
    {mayAdd && (
      <a class="primary" href="/new">
        {text.nav.addSite}
      </a>
    )}
  </Empty>
);

/** Names that are listed; a wrong tag on a busy site is among the first. */
const NAMES = 10;

/** What beacons named that is no site here, for those who may add one. */
const UnknownNames = () => {
  const { data } = useLoad('unknown names', statisticsApi.unknownNames, { every: EVERY.overview });
  if (!data || data.names.length === 0) return null;
  return (
    <details class="more">
      <summary>{text.sites.unknown}</summary>
      <p class="muted">{text.sites.unknownLead}</p>
      <ul class="entries" aria-label={text.sites.unknown}>
        {data.names.slice(0, NAMES).map(({ name, count, last }) => (
          <li key={name}>
            <div>
              <b>{shownHost(name)}</b>
              <small>
                {text.sites.unknownOf({
                  count,
                  written: format.count(count),
                  when: format.ago(new Date(last * 1000).toISOString(), Date.now()),
                })}
              </small>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** All sites, each with its last four weeks, and all of them together. */
export const Sites = () => {
  const { sites, account } = useSession();
  const ownsAll = includes(account.roles[EVERYWHERE], 'owner');
  const [search, setSearch] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const { help, button } = useHelp('sites', { '/': () => field.current?.focus() });
  const overview = useLoad('overview', (signal) => statisticsApi.overview(PERIOD, signal), { every: EVERY.overview });
  const numbers = new Map(overview.data?.sites.map((site) => [site.domain, site]));
  const wanted = plain(search.trim());
  const found = sites.filter(({ name, domain }) => plain(`${name} ${domain} ${shownHost(domain)}`).includes(wanted));
  return (
    <Page title={text.sites.title} bar={<HomeBar current="sites" />}>
      <div class="sites-head">
        <h1>{text.sites.title}</h1>
        {sites.length >= SEARCH_FROM && (
          <input
            type="search"
            ref={field}
            placeholder={text.sites.find}
            aria-label={text.sites.find}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        )}
      </div>
      {sites.length === 0 && <NoSites mayAdd={ownsAll} />}
      {overview.error && <Failure error={overview.error} retry={overview.retry} />}
      {sites.length > 1 && wanted === '' && <Total numbers={overview.data?.total} />}
      {sites.length > 0 && found.length === 0 && <Empty title={text.sites.noMatch} />}
      <ul class="sites">
        {found.map((site) => (
          <SiteCard key={site.id} site={site} numbers={numbers.get(site.domain)} />
        ))}
      </ul>
      {ownsAll && <UnknownNames />}
      {sites.length > 0 && <footer class="foot">{button}</footer>}
      {help}
    </Page>
  );
};
