import { useState } from 'preact/hooks';
import { format } from '../i18n/format.ts';
import { dropMeaning, dropName } from '../i18n/names.ts';
import { text } from '../i18n/text.ts';
import { type Scope, useAnswer } from '../query/use-answer.ts';
import { errorToShow } from '../query/use-load.ts';
import { Failure, Skeleton } from '../ui/states.tsx';
import { byDay } from './by-day.ts';

/** The collector's own limit of an answer. */
const MOST = 10_000;

/** How many were left out on each day, for each of the reasons. */
const Days = ({ scope, reasons }: { scope: Scope; reasons: readonly string[] }) => {
  const answer = useAnswer(scope, {
    metrics: ['events'],
    dimensions: ['time:day', 'drop:reason'],
    limit: MOST,
  });
  const error = errorToShow(answer);
  if (error) return <Failure error={error} retry={answer.retry} />;
  if (!answer.data) return <Skeleton lines={3} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="drops-days" tabIndex={0} aria-label={text.drops.byDay}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.drops.day}</th>
            {reasons.map((reason) => (
              <th key={reason} scope="col">
                {dropName(reason)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byDay(answer.data.results, reasons).map(({ day, counts }) => (
            <tr key={day}>
              <th scope="row">{format.longStep(day, 'day')}</th>
              {counts.map((count, index) => (
                <td key={reasons[index]} class={count === 0 ? 'muted' : undefined}>
                  {format.count(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** What reached the collector and is not counted; opened, what each reason means, and how many on which day. */
export const Drops = ({ scope, every }: { scope: Scope; every: number | null }) => {
  const [isOpen, setOpen] = useState(false);
  const unfiltered = { domain: scope.domain, view: { ...scope.view, filters: [] } };
  const { data } = useAnswer(unfiltered, { metrics: ['events'], dimensions: ['drop:reason'] }, { every });
  if (!data || data.results.length === 0) return null;
  const reasons = data.results.map(({ dimensions: [reason = ''] }) => reason);
  return (
    <details class="drops" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {text.drops.lead}
        {data.results.map(({ dimensions: [reason = ''], metrics: [count] }) => (
          <span key={reason} data-reason={reason} data-value={count}>
            {format.count(count ?? 0)} {dropName(reason, count ?? 0)}
          </span>
        ))}
      </summary>
      <dl>
        {reasons.filter(dropMeaning).map((reason) => (
          <div key={reason}>
            <dt>{dropName(reason)}</dt>
            <dd>{dropMeaning(reason)}</dd>
          </div>
        ))}
      </dl>
      {isOpen && <Days scope={unfiltered} reasons={reasons} />}
      <p>{text.drops.note}</p>
    </details>
  );
};
