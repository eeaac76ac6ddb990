import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { navigate } from '../app/router.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { periodKeys } from '../keyboard/periods.ts';
import { useHelp } from '../keyboard/use-help.tsx';
import { EVERY } from '../query/clock.ts';
import { useLoad } from '../query/use-load.ts';
import { useShare } from '../query/use-share.ts';
import { headlineMetrics } from '../reports/headline-metrics.ts';
import { DEFAULT_COMPARE } from '../state/compare.ts';
import type { Filter } from '../state/filters.ts';
import { daysIn, isUnderWay, localDay, type Period, spanOf } from '../state/period.ts';
import { parseView, statisticsHref, type View } from '../state/view.ts';
import { ChartPanel } from '../statistics/chart-panel.tsx';
import { EmptyState } from '../statistics/empty-state.tsx';
import { Footer } from '../statistics/footer.tsx';
import { HeadlineMetrics } from '../statistics/headline-metrics.tsx';
import { Hints } from '../statistics/hints.tsx';
import { ReportPanel } from '../statistics/report-panel.tsx';
import { StatisticsBar } from '../statistics/statistics-bar.tsx';
import { statisticsTitle } from '../statistics/title.ts';
import { totalsOf } from '../statistics/totals.ts';
import { usePanels } from '../statistics/use-panels.ts';
import { lazy } from '../ui/lazy.tsx';
import { LiveAnnouncement } from '../ui/live-dot.tsx';
import { Page } from '../ui/page.tsx';

const FilterPicker = lazy(
  () => import('../filter-picker/filter-picker.tsx').then((module) => module.FilterPicker),
  () => null,
);
const FullList = lazy(
  () => import('../statistics/full-list.tsx').then((module) => module.FullList),
  () => null,
);

/** A dialog may close because a row in it has changed the address already. */
const currentView = () => parseView(new URLSearchParams(location.search));

/** The numbers at the top, and what they say of the period. */
const useHeadlineMetrics = (domain: string, view: View, timezone: string) => {
  const every = isUnderWay(view.period, Date.now(), timezone) ? EVERY.tick : null;
  // Beside what is shown, what tells whether there is anything.
  const asked = [...new Set([...headlineMetrics(view.filters), 'visits', 'events'] as const)];
  const metrics = useShare({ domain, view }, { metrics: asked, comparable: true }, { every });
  const totals = totalsOf(metrics.data);
  const isReady = !metrics.waiting;
  const answered = isReady && metrics.data ? spanOf(metrics.data.query.date_range) : null;
  return {
    every,
    metrics,
    totals,
    days: daysIn(view.period, localDay(Date.now(), timezone)) ?? answered,
    isEmpty: isReady && totals.visits === 0 && totals.events === 0,
    // The other questions over this period would be refused too, and the page would say the same six times.
    isRefused: metrics.waiting && metrics.error !== null && (metrics.data === null || !metrics.error.passing),
  };
};

/** The filter that is being added (`new`) or changed; null: none. */
type Picking = Filter | 'new' | null;

const useStatisticsKeys = (domain: string, view: View, timezone: string, pick: (picking: Picking) => void) => {
  const hrefOf = (period: Period) => statisticsHref(domain, view, { period, grain: null });
  return useHelp('statistics', {
    ...periodKeys(view.period, timezone, hrefOf),
    x: () => navigate(statisticsHref(domain, view, { compare: view.compare ? null : DEFAULT_COMPARE })),
    f: () => pick('new'),
    '/': () => navigate(statisticsHref(domain, view, { list: 'pages' })),
  });
};

/** The statistics of one site. All of a period under way is asked together every few seconds, so that no number is older than another. */
export const Statistics = ({ domain, search }: { domain: string; search: URLSearchParams }) => {
  const { status, sites } = useSession();
  const site = sites.find((other) => other.domain === domain);
  const timezone = site?.timezone ?? 'UTC';
  const view = parseView(search);
  const scope = { domain, view };
  const [picking, pick] = useState<Picking>(null);
  const now = useLoad(`now ${domain}`, (signal) => api.now(domain, signal), { every: EVERY.now });
  const { every, metrics, totals, days, isEmpty, isRefused } = useHeadlineMetrics(domain, view, timezone);
  const panels = usePanels(scope, site);
  const { help, button } = useStatisticsKeys(domain, view, timezone, pick);
  const isNew = now.data?.hits === false;

  return (
    <Page
      title={statisticsTitle(site?.name ?? domain, now.data?.visitors, view)}
      heading={`${text.nav.statistics}: ${site?.name ?? domain}`}
      bar={
        <StatisticsBar
          scope={scope}
          site={site}
          timezone={timezone}
          now={now.data?.visitors ?? null}
          onPick={(filter) => pick(filter ?? 'new')}
        />
      }
    >
      {now.data && <LiveAnnouncement count={now.data.visitors} />}
      <Hints failing={metrics.failing ?? now.failing} isTold={metrics.error !== null && metrics.waiting} />
      <section class="overview" aria-label={text.panel.metrics}>
        <HeadlineMetrics scope={scope} loaded={metrics} />
        {!(metrics.error && metrics.waiting) && (
          <ChartPanel scope={scope} timezone={timezone} days={days} every={every} isEmpty={isEmpty}>
            <EmptyState scope={scope} script={status.script} isNew={isNew} />
          </ChartPanel>
        )}
      </section>
      {!(isNew && isEmpty) && !isRefused && (
        <div class="panels">
          {panels.map((panel) => (
            <ReportPanel key={panel.id} panel={panel} scope={scope} totals={totals} every={every} />
          ))}
        </div>
      )}
      <Footer
        scope={scope}
        timezone={timezone}
        geo={status.geo}
        meta={metrics.data?.meta ?? null}
        days={days}
        every={every}
      >
        {button}
      </Footer>
      {view.list && (
        <FullList
          key={view.list}
          id={view.list}
          scope={scope}
          onClose={() => navigate(statisticsHref(domain, currentView(), { list: null }), { replace: true })}
        />
      )}
      {picking && (
        <FilterPicker
          scope={scope}
          site={site}
          filter={picking === 'new' ? null : picking}
          onClose={() => pick(null)}
        />
      )}
      {help}
    </Page>
  );
};
