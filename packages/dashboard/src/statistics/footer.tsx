import type { DropReason } from '@passerby/collector/drop';
import type { Status } from '../api.ts';
import { format } from '../format.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { daysIn } from '../state/period.ts';
import { text } from '../text.ts';

const known = (reason: string): reason is DropReason => Object.hasOwn(text.leftOut.reasons, reason);

const reasonText = (reason: string, count: number): string =>
  known(reason) ? text.leftOut.reasons[reason](count) : reason;

/** A reason is named in the plural where it stands for all that it left out. */
const MANY = 2;

/** What reached the collector and is not counted; opened, what each reason means. */
const LeftOut = ({ scope, every }: { scope: Scope; every: number | null }) => {
  const unfiltered = { domain: scope.domain, view: { ...scope.view, filters: [] } };
  const { data } = useAnswer(unfiltered, { metrics: ['events'], dimensions: ['drop:reason'] }, { every });
  if (!data || data.results.length === 0) return null;
  const reasons = data.results.map(({ dimensions: [reason = ''] }) => reason);
  return (
    <details class="left-out">
      <summary>
        {text.leftOut.lead}
        {data.results.map(({ dimensions: [reason = ''], metrics: [count] }) => (
          <span key={reason} data-reason={reason} data-value={count}>
            {format.count(count ?? 0)} {reasonText(reason, count ?? 0)}
          </span>
        ))}
      </summary>
      <dl>
        {reasons.filter(known).map((reason) => (
          <div key={reason}>
            <dt>{text.leftOut.reasons[reason](MANY)}</dt>
            <dd>{text.leftOut.meanings[reason]}</dd>
          </div>
        ))}
      </dl>
      <p>{text.leftOut.note}</p>
    </details>
  );
};

interface FooterProps {
  scope: Scope;
  timezone: string;
  geo: Status['geo'];
  /** First day from which the numbers are complete. */
  completeFrom: string | null;
  every: number | null;
}

/** How to read the numbers above. */
export const Footer = ({ scope, timezone, geo, completeFrom, every }: FooterProps) => (
  <footer class="foot">
    <LeftOut scope={scope} every={every} />
    <p>
      {daysIn(scope.view.period) !== 1 && <span>{text.notes.sum}</span>}
      <span>{text.notes.zone(timezone.replaceAll('_', ' '))}</span>
      {completeFrom && scope.view.filters.length > 0 && (
        <span>{text.notes.incomplete(format.bucket(completeFrom, false))}</span>
      )}
      {geo.url ? (
        <a href={geo.url} target="_blank" rel="noreferrer">
          {geo.attribution}
        </a>
      ) : (
        <span>{geo.attribution}</span>
      )}
    </p>
  </footer>
);
