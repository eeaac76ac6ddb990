import '../styles/logs.css';
import type { LogsAnswer } from '@passerby/collector/logs';
import { api } from '../api/client.ts';
import { navigate } from '../app/router.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { periodKeys } from '../keyboard/periods.ts';
import { useHelp } from '../keyboard/use-help.tsx';
import { Filters } from '../logs/filters.tsx';
import { Problems } from '../logs/problems.tsx';
import { Records } from '../logs/records.tsx';
import { EVERY } from '../query/clock.ts';
import { useLoad } from '../query/use-load.ts';
import { type LogsView, logsHref, parseLogsView } from '../state/logs-view.ts';
import { isUnderWay, type Period } from '../state/period.ts';
import { Hints } from '../statistics/hints.tsx';
import { SiteBar } from '../ui/bar.tsx';
import { Page } from '../ui/page.tsx';
import { Pager } from '../ui/pager.tsx';
import { PeriodMenu } from '../ui/period-menu.tsx';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';
import { Tabs } from '../ui/tabs.tsx';

const PAGE = 50;

const questionOf = (domain: string, { tab, period, level, search, fingerprint, offset }: LogsView) => ({
  site_id: domain,
  view: tab,
  date_range: period,
  ...(tab === 'records' && { ...(level && { level }), ...(fingerprint && { fingerprint }) }),
  ...(search && { search }),
  limit: PAGE,
  offset,
});

const EmptyState = ({ domain, view }: { domain: string; view: LogsView }) => {
  const isFiltered = view.level !== null || view.search !== '' || view.fingerprint !== null;
  const title = view.tab === 'problems' ? text.logs.noProblems : text.logs.noRecords;
  return isFiltered ? (
    <Empty title={text.logs.noMatch}>
      <a class="control" href={logsHref(domain, view, { level: null, search: '', fingerprint: null })}>
        {text.logs.clear}
      </a>
    </Empty>
  ) : (
    <Empty title={title}>
      <p class="muted">{view.tab === 'problems' ? text.logs.noProblemsLead : text.logs.noRecordsLead}</p>
    </Empty>
  );
};

interface ListProps {
  answer: LogsAnswer;
  domain: string;
  timezone: string;
  view: LogsView;
}

const List = ({ answer, domain, timezone, view }: ListProps) => {
  if (answer.total === 0) return <EmptyState domain={domain} view={view} />;
  return answer.view === 'problems' ? (
    <Problems
      problems={answer.problems}
      timezone={timezone}
      recordsHref={(fingerprint) => logsHref(domain, view, { tab: 'records', fingerprint, search: '' })}
    />
  ) : (
    <Records records={answer.records} timezone={timezone} />
  );
};

/** The logs of one site: problems, and the stream of records. */
export const Logs = ({ domain, search }: { domain: string; search: URLSearchParams }) => {
  const { sites } = useSession();
  const site = sites.find((other) => other.domain === domain);
  const timezone = site?.timezone ?? 'UTC';
  const view = parseLogsView(search);
  const hrefOf = (period: Period) => logsHref(domain, view, { period });
  const { help, button } = useHelp('logs', {
    ...periodKeys(view.period, timezone, hrefOf),
    '/': () => document.querySelector<HTMLElement>('.log-filters input')?.focus(),
  });
  const question = questionOf(domain, view);
  // Further pages stay as they are, so that nothing moves under the reader.
  const every = view.offset === 0 && isUnderWay(view.period, Date.now(), timezone) ? EVERY.tick : null;
  const { data, error, waiting, failing, retry } = useLoad(
    JSON.stringify(question),
    (signal) => api.logs(question, signal),
    { every },
  );
  const answer = data?.view === view.tab ? data : null;
  const tabs = (['problems', 'records'] as const).map((tab) => ({
    id: tab,
    title: text.logs[tab],
    href: logsHref(domain, view, { tab, fingerprint: null, level: null }),
    current: tab === view.tab,
  }));

  return (
    <Page
      title={`${text.logs.title} · ${site?.name ?? domain}`}
      heading={`${text.logs.title}: ${site?.name ?? domain}`}
      bar={
        <SiteBar domain={domain} current="logs">
          <PeriodMenu period={view.period} timezone={timezone} hrefOf={hrefOf} />
        </SiteBar>
      }
    >
      <Hints failing={failing} isTold={error !== null && !answer} />
      <section class="panel logs" aria-label={text.logs.title}>
        <header class="panel-head">
          <Tabs label={text.logs.title} tabs={tabs} />
          <Filters domain={domain} view={view} />
        </header>
        {error && !answer && <Failure error={error} retry={retry} />}
        {!answer && !error && <Skeleton lines={8} />}
        {answer && (
          <div class={waiting ? 'stale' : ''}>
            <List answer={answer} domain={domain} timezone={timezone} view={view} />
          </div>
        )}
      </section>
      <Pager
        offset={view.offset}
        page={PAGE}
        total={answer?.total ?? 0}
        onMove={(offset) => navigate(logsHref(domain, view, { offset }))}
      />
      <footer class="foot">
        <p>{text.logs.zone({ zone: timezone.replaceAll('_', ' ') })}</p>
        {button}
      </footer>
      {help}
    </Page>
  );
};
