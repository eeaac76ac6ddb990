import '../styles/administration.css';
import '../styles/system.css';
import { EVERYWHERE, includes } from '../api/roles.ts';
import { type SystemState, systemApi, type Warning } from '../api/system.ts';
import { useSession } from '../app/session.ts';
import { text } from '../i18n/text.ts';
import { EVERY } from '../query/clock.ts';
import { useLoad } from '../query/use-load.ts';
import { Backups } from '../system/backups.tsx';
import { Headline } from '../system/headline.tsx';
import { About, Intake } from '../system/health.tsx';
import { Stored } from '../system/stored.tsx';
import { warningTexts } from '../system/warning-text.ts';
import { HomeBar } from '../ui/bar.tsx';
import { Page } from '../ui/page.tsx';
import { Empty, Failure, Skeleton } from '../ui/states.tsx';

/** What is only to think about stands where it belongs. */
const Warnings = ({ warnings }: { warnings: readonly Warning[] }) => {
  const sentences = warnings.filter(({ level }) => level !== 'info').flatMap(warningTexts);
  if (sentences.length === 0) return null;
  return (
    <ul class="warnings" aria-label={text.system.warnings}>
      {sentences.map((sentence) => (
        <li key={sentence} class="hint-banner">
          {sentence}
        </li>
      ))}
    </ul>
  );
};

const State = ({ state }: { state: SystemState }) => (
  <>
    <Warnings warnings={state.warnings} />
    <Headline state={state} />
    <div class="system-cards">
      <Stored {...state} />
      <Backups {...state} />
      <Intake {...state} />
      <About {...state} />
    </div>
  </>
);

const Loaded = () => {
  const { data, error, retry } = useLoad('system', systemApi.state, { every: EVERY.status });
  if (data) return <State state={data} />;
  return error ? <Failure error={error} retry={retry} /> : <Skeleton lines={8} />;
};

/** How large the data are, how much room there is, and how the collector is: for the owners of all of it. */
export const System = () => {
  const { account } = useSession();
  const isOwner = includes(account.roles[EVERYWHERE], 'owner');
  return (
    <Page title={text.system.title} bar={<HomeBar current="system" />} notices={false}>
      <h1>{text.system.title}</h1>
      {isOwner ? <Loaded /> : <Empty title={text.system.closed} />}
    </Page>
  );
};
