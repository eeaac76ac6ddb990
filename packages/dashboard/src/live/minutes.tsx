import type { LiveMinute } from '@passerby/collector/live';
import { format } from '../i18n/format.ts';
import { text } from '../i18n/text.ts';

/** The last minutes as bars: views, and before them the visitors who had them. @param timezone The site's. */
export const Minutes = ({ minutes, timezone }: { minutes: readonly LiveMinute[]; timezone: string }) => {
  const most = Math.max(1, ...minutes.flatMap(({ views, visitors }) => [views, visitors]));
  const height = (count: number) => ({ blockSize: `${(100 * count) / most}%` });
  return (
    <>
      <ol class="minutes" aria-label={text.live.chart}>
        {minutes.map(({ start, views, visitors }) => {
          const told = text.live.minute({
            time: format.minute(start, timezone),
            visitors: text.live.visitors({ count: visitors, written: format.count(visitors) }),
            views: text.live.views({ count: views, written: format.count(views) }),
          });
          return (
            <li key={start} title={told} data-value={visitors}>
              <span class="spoken">{told}</span>
              <i class="views" style={height(views)} />
              <i class="visitors" style={height(visitors)} />
            </li>
          );
        })}
      </ol>
      <p class="minutes-ends" aria-hidden="true">
        <span>{text.live.ago}</span>
        <span class="legend">
          <span class="visitors">{text.metrics.visitors}</span>
          <span class="views">{text.metrics.pageviews}</span>
        </span>
        <span>{text.live.present}</span>
      </p>
    </>
  );
};
