import type { DropReason } from '@passerby/collector/drop';
import type { Status } from '../api.ts';
import { format } from '../format.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { daysIn } from '../state/period.ts';
import { text } from '../text.ts';

const reasonText = (reason: string, count: number): string =>
  Object.hasOwn(text.leftOut.reasons, reason) ? text.leftOut.reasons[reason as DropReason](count) : reason;

/** What reached the collector and is not counted, and why. */
const LeftOut = ({ scope, every }: { scope: Scope; every: number | null }) => {
  const unfiltered = { domain: scope.domain, view: { ...scope.view, filters: [] } };
  const { data } = useAnswer(unfiltered, { metrics: ['events'], dimensions: ['drop:reason'] }, { every });
  if (!data || data.results.length === 0) return null;
  return (
    <p class="left-out" title={text.leftOut.note}>
      {text.leftOut.lead}
      {data.results.map(({ dimensions: [reason = ''], metrics: [count] }) => (
        <span key={reason} data-reason={reason} data-value={count}>
          {format.count(count ?? 0)} {reasonText(reason, count ?? 0)}
        </span>
      ))}
    </p>
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
