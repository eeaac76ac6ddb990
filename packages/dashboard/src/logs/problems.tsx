import type { Problem } from '@passerby/collector/logs';
import { format } from '../i18n/format.ts';
import { shownPath } from '../i18n/page-path.ts';
import { text } from '../i18n/text.ts';
import { Icon } from '../ui/icon.tsx';

interface ProblemRowProps {
  problem: Problem;
  now: number;
  /** The site's. */
  timezone: string;
  recordsHref: string;
}

const ProblemRow = ({ problem, now, timezone, recordsHref }: ProblemRowProps) => (
  <details class="log" data-fingerprint={problem.fingerprint}>
    <summary class="problem">
      <Icon name="more" />
      <span class="log-text">
        <b>
          {problem.is_new && <em class="new">{text.logs.isNew}</em>}
          {problem.message}
        </b>
        <small>
          {shownPath(problem.page)}
          {problem.browsers.length > 0 && ` · ${problem.browsers.join(', ')}`}
        </small>
      </span>
      <span class="number" data-value={problem.count}>
        {format.count(problem.count)}
      </span>
      <span class="number" data-value={problem.visits}>
        {format.count(problem.visits)}
      </span>
      <time class="wide" dateTime={problem.first_seen} title={format.momentIn(problem.first_seen, timezone)}>
        {format.ago(problem.first_seen, now)}
      </time>
      <time dateTime={problem.last_seen} title={format.momentIn(problem.last_seen, timezone)}>
        {format.ago(problem.last_seen, now)}
      </time>
    </summary>
    <div class="log-detail">
      {problem.stack ? <pre>{problem.stack}</pre> : <p class="muted">{text.logs.noStack}</p>}
      <a class="control" href={recordsHref}>
        {text.logs.showRecords}
      </a>
    </div>
  </details>
);

interface ProblemsProps {
  problems: readonly Problem[];
  /** The site's. */
  timezone: string;
  /** Address of the records of a problem. */
  recordsHref: (fingerprint: string) => string;
}

/** Groups of equal errors; each opens to its stack. */
export const Problems = ({ problems, timezone, recordsHref }: ProblemsProps) => {
  const now = Date.now();
  return (
    <>
      <p class="problem log-heads" aria-hidden="true">
        <span />
        <span>{text.logs.problems}</span>
        <span class="number">{text.logs.count}</span>
        <span class="number" title={text.logs.visitsMeaning}>
          {text.logs.visits}
        </span>
        <span class="wide">{text.logs.firstSeen}</span>
        <span>{text.logs.lastSeen}</span>
      </p>
      <ol class="log-list" aria-label={text.logs.problems}>
        {problems.map((problem) => (
          <li key={problem.fingerprint}>
            <ProblemRow
              problem={problem}
              now={now}
              timezone={timezone}
              recordsHref={recordsHref(problem.fingerprint)}
            />
          </li>
        ))}
      </ol>
    </>
  );
};
