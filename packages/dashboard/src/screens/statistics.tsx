import { api } from '../api.ts';
import { useAnswer } from '../query/use-answer.ts';
import { useLoad } from '../query/use-load.ts';
import { FIGURES } from '../reports/figures.ts';
import { PANELS } from '../reports/panels.ts';
import { navigate } from '../router.ts';
import { useSession } from '../session.ts';
import { isUnderWay } from '../state/period.ts';
import { parseView, statisticsHref, viewSearch } from '../state/view.ts';
import { ChartPanel } from '../statistics/chart-panel.tsx';
import { Figures } from '../statistics/figures.tsx';
import { FilterChips } from '../statistics/filter-chips.tsx';
import { Footer } from '../statistics/footer.tsx';
import { FullList } from '../statistics/full-list.tsx';
import { Hints } from '../statistics/hints.tsx';
import { Nothing } from '../statistics/nothing.tsx';
import { PeriodPicker } from '../statistics/period-picker.tsx';
import { ReportPanel } from '../statistics/report-panel.tsx';
import { totalsOf } from '../statistics/totals.ts';
import { text } from '../text.ts';
import { SiteBar } from '../ui/bar.tsx';
import { LiveAnnouncement, LiveDot } from '../ui/live-dot.tsx';
import { Page } from '../ui/page.tsx';

/** A dialog may close because a row in it has changed the address already. */
const currentView = () => parseView(new URLSearchParams(location.search));

/** How often the numbers of a period under way are looked at, in milliseconds. */
const EVERY = 5000;

/** The statistics of one site. Its figures are asked every few seconds; the rest is asked when they have changed. */
export const Statistics = ({ domain, search }: { domain: string; search: URLSearchParams }) => {
  const { status, sites } = useSession();
  const site = sites.find((other) => other.domain === domain);
  const timezone = site?.timezone ?? 'UTC';
  const view = parseView(search);
  const scope = { domain, view };
  const every = isUnderWay(view.period, Date.now(), timezone) ? EVERY : null;

  const now = useLoad(`now ${domain}`, (signal) => api.now(domain, signal), { every: EVERY });
  const figures = useAnswer(scope, { metrics: [...FIGURES, 'events'], comparable: true }, { every });
  const totals = totalsOf(figures.data);
  // Everything below the figures is asked after them, so that it is never older than what they say.
  const pulse = figures.waiting ? null : JSON.stringify(totals);
  const isNew = now.data?.hits === false;
  const isEmpty = !figures.waiting && totals.visits === 0 && totals.events === 0;

  return (
    <Page
      title={site?.name ?? domain}
      bar={
        <SiteBar
          domain={domain}
          current="statistics"
          search={viewSearch({ ...parseView(new URLSearchParams()), period: view.period })}
          below={<FilterChips scope={scope} />}
        >
          {now.data && <LiveDot count={now.data.visitors} />}
          <PeriodPicker scope={scope} timezone={timezone} />
        </SiteBar>
      }
    >
      {now.data && <LiveAnnouncement count={now.data.visitors} />}
      <Hints isFailing={figures.failing || now.failing} />
      <section class="overview" aria-label={text.panel.figures}>
        <Figures scope={scope} loaded={figures} />
        {!(figures.error && figures.waiting) && (
          <ChartPanel scope={scope} timezone={timezone} pulse={pulse} isEmpty={isEmpty}>
            <Nothing scope={scope} script={status.script} isNew={isNew} />
          </ChartPanel>
        )}
      </section>
      {!(isNew && isEmpty) && (
        <div class="panels">
          {PANELS.map((panel) => (
            <ReportPanel key={panel.id} panel={panel} scope={scope} totals={totals} pulse={pulse} />
          ))}
        </div>
      )}
      <Footer
        scope={scope}
        timezone={timezone}
        geo={status.geo}
        completeFrom={figures.data?.meta.complete_from ?? null}
        every={every}
      />
      {view.list && (
        <FullList
          key={view.list}
          id={view.list}
          scope={scope}
          onClose={() => navigate(statisticsHref(domain, currentView(), { list: null }), { replace: true })}
        />
      )}
    </Page>
  );
};
