import { addDays } from '@passerby/collector/calendar-day';
import type { ComponentChildren } from 'preact';
import type { Answer, Status } from '../api/client.ts';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { putFilter } from '../state/filters.ts';
import { grainOf } from '../state/grain.ts';
import { daysIn, localDay } from '../state/period.ts';
import { statisticsHref } from '../state/view.ts';
import { Drops } from './drops.tsx';
import { countedFrom } from './warnings.ts';

/** Views that an image counted, and the way to see them alone. */
const WithoutScript = ({ scope }: { scope: Scope }) => {
  const { domain, view } = scope;
  const { data } = useAnswer(scope, { metrics: ['pageviews'], dimensions: ['event:via'] });
  const [row] = data?.results ?? [];
  if (!row) return null;
  const {
    dimensions: [via = ''],
    metrics: [count],
  } = row;
  const filters = putFilter(view.filters, { operator: 'is', dimension: 'event:via', values: [via] });
  return (
    <a href={statisticsHref(domain, view, { filters })} data-via={via} data-value={count}>
      {text.notes.withoutScript({ count: count ?? 0, written: format.count(count ?? 0) })}
    </a>
  );
};

/** Said once where the period touches days that were counted otherwise. */
const CountedOtherwise = ({ meta }: { meta: Answer['meta'] }) => {
  const from = countedFrom(meta);
  return from === null ? null : <span>{text.notes.otherwise({ day: format.fullDay(addDays(from, -1)) })}</span>;
};

interface FooterProps {
  scope: Scope;
  timezone: string;
  geo: Status['geo'];
  /** What the answer says of the metrics above. */
  meta: Answer['meta'] | null;
  /** Days that the period has until now; null: not yet known. */
  days: number | null;
  every: number | null;
  children?: ComponentChildren;
}

/** How to read the numbers above. */
export const Footer = ({ scope, timezone, geo, meta, days, every, children }: FooterProps) => (
  <footer class="foot">
    <Drops scope={scope} every={every} />
    <p>
      {daysIn(scope.view.period, localDay(Date.now(), timezone)) !== 1 && <span>{text.notes.sum}</span>}
      <span>{text.notes.zone({ zone: timezone.replaceAll('_', ' ') })}</span>
      {days !== null && grainOf(scope.view.grain, days) === 'hour' && <span>{text.notes.hours}</span>}
      {meta && scope.view.filters.length > 0 && (
        <span>{text.notes.incomplete({ day: format.day(meta.complete_from) })}</span>
      )}
      {meta && <CountedOtherwise meta={meta} />}
      {geo.url ? (
        <a href={geo.url} target="_blank" rel="noreferrer">
          {geo.attribution}
        </a>
      ) : (
        <span>{geo.attribution}</span>
      )}
      <WithoutScript scope={scope} />
    </p>
    {children}
  </footer>
);
