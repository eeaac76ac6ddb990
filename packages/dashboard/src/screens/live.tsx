import '../styles/live.css';
import type { LiveGroup, Live as LiveNumbers } from '@passerby/collector/live';
import { api } from '../api/client.ts';
import { liveAddress } from '../api/statistics.ts';
import { useSession } from '../app/session.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { useHelp } from '../keyboard/use-help.tsx';
import { Minutes } from '../live/minutes.tsx';
import { useStream } from '../live/use-stream.ts';
import { REPORTS } from '../reports/panels.ts';
import type { ReportId } from '../reports/report-ids.ts';
import { parseView } from '../state/view.ts';
import { Rows } from '../statistics/rows.tsx';
import { SiteBar } from '../ui/bar.tsx';
import { LiveAnnouncement } from '../ui/live-dot.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Skeleton } from '../ui/states.tsx';

/** A row leads to the statistics of today, filtered by it. */
const TODAY = parseView(new URLSearchParams('period=day'));

type ListId = Extract<ReportId, 'pages' | 'sources' | 'countries'>;

/** Rows that a list has at most. */
const ROWS = 10;

const Group = ({ id, domain, groups }: { id: ListId; domain: string; groups: readonly LiveGroup[] | undefined }) => (
  <section class="panel" aria-label={text.reports[id]}>
    <header class="panel-head">
      <h2>{text.reports[id]}</h2>
      <p class="heads" aria-hidden="true">
        <span>{text.columns.visitors}</span>
      </p>
    </header>
    {!groups && <Skeleton lines={ROWS} />}
    {groups?.length === 0 && <Empty title={text.live.none[id]} />}
    {groups && (
      <Rows
        scope={{ domain, view: TODAY }}
        report={REPORTS[id]}
        rows={groups.map(({ value, visitors }) => ({ dimensions: [value], metrics: [visitors] }))}
        metrics={['visitors']}
        total={null}
        label={text.reports[id]}
      />
    )}
  </section>
);

/** What is happening on a site now: who is there, the last half hour, what they see and where they are from. */
export const Live = ({ domain }: { domain: string }) => {
  const { sites } = useSession();
  const site = sites.find((other) => other.domain === domain);
  // A stream does not say why it is refused; a request finds out whether it is that nobody is signed in any more.
  const lookAgain = () => void api.now(domain).catch(() => {});
  const { data, isLost } = useStream<LiveNumbers>(liveAddress(domain), 'live', lookAgain);
  const { help, button } = useHelp('live', {});
  const count = data?.visitors ?? 0;
  return (
    <Page
      title={[data && format.count(count), text.live.title, site?.name ?? domain]
        .filter((part) => part !== null)
        .join(' · ')}
      heading={`${text.live.title}: ${site?.name ?? domain}`}
      bar={<SiteBar domain={domain} current="live" />}
    >
      {data && <LiveAnnouncement count={count} />}
      <section class="overview live-now" aria-label={text.live.title}>
        <p class="live-count">
          <b data-testid="live-visitors" data-value={data ? count : ''}>
            {data ? format.count(count) : ''}
          </b>
          <span>
            {text.live.now({ count })} <small>{text.live.window}</small>
          </span>
        </p>
        <div class="live-minutes">
          {data ? <Minutes minutes={data.minutes} timezone={site?.timezone ?? 'UTC'} /> : <div class="minutes" />}
        </div>
        <p class="live-lost" role="status">
          {isLost && text.live.lost}
        </p>
      </section>
      <div class="panels three">
        {(['pages', 'sources', 'countries'] as const).map((id) => (
          <Group key={id} id={id} domain={domain} groups={data?.[id]} />
        ))}
      </div>
      <footer class="foot">{button}</footer>
      {help}
    </Page>
  );
};
