import type { ComponentProps } from 'preact';
import { text } from '../../src/i18n/text.ts';
import { Change } from '../../src/ui/change.tsx';
import { Cut } from '../../src/ui/cut.tsx';
import { Facts } from '../../src/ui/facts.tsx';
import { Figure } from '../../src/ui/figure.tsx';
import { LiveDot } from '../../src/ui/live-dot.tsx';
import { MetricTab } from '../../src/ui/metric-tab.tsx';
import { RowChange } from '../../src/ui/row-change.tsx';
import type { Sections } from '../states.ts';

const LONG = `/blog/${'a-long-story-about-bread/'.repeat(8)}the-end.html`;

const Narrow = ({ value }: { value: string }) => (
  <div style={{ width: '260px' }}>
    <Cut value={value} />
  </div>
);

const metric = (shown: Partial<ComponentProps<typeof MetricTab>>) => () => (
  <ul>
    <MetricTab
      metric="visitors"
      href="#metric-tab"
      isChosen={false}
      value={0}
      before={undefined}
      change={null}
      reason={null}
      {...shown}
    />
  </ul>
);

/** Numbers and names. */
export const FIGURES: Sections = {
  change: {
    'more is good': () => <Change change={12.4} moreIs="good" />,
    'less is bad': () => <Change change={-7.6} moreIs="good" />,
    'more is bad': () => <Change change={31} moreIs="bad" />,
    'neither good nor bad': () => <Change change={4} moreIs="neither" />,
    none: () => <Change change={0} moreIs="good" />,
    manifold: () => <Change change={28_317} moreIs="good" />,
    'nothing to compare': () => <Change change={null} moreIs="good" />,
  },
  'row-change': {
    'more is good': () => <RowChange now={112} before={100} change={12} />,
    'less is bad': () => <RowChange now={97} before={100} change={-3} />,
    few: () => <RowChange now={30} before={18} change={66.7} />,
    'not there before': () => <RowChange now={30} before={0} change={null} />,
  },
  cut: {
    short: () => <Narrow value="/pricing" />,
    'cut in its middle': () => <Narrow value={LONG} />,
    'from right to left': () => <Narrow value={'كيف تخبز خبزًا جيدًا في المنزل بدون عجن وبدون آلة'} />,
  },
  facts: {
    usual: () => (
      <Facts
        facts={[
          ['Version', '1.2.3'],
          ['Folder', `/var/lib/${'a-long-name-of-a-folder/'.repeat(5)}`],
          ['A name that is as long as what it names', '7'],
          null,
        ]}
      />
    ),
  },
  figure: {
    usual: () => (
      <ul>
        <Figure label="Data" value="31.2 GB" note="412,345,678 rows" />
      </ul>
    ),
    'a share of it': () => (
      <ul>
        <Figure label="Free on the disk" value="18.2 GB" note="of 80 GB" taken={0.77} />
      </ul>
    ),
    'not known': () => (
      <ul>
        <Figure label="Growth a day" value={null} note="Known after a day of data" />
      </ul>
    ),
  },
  'metric-tab': {
    chosen: metric({ isChosen: true, value: 12_847, before: 11_430, change: 12.4 }),
    'nothing to compare': metric({ value: 12_847 }),
    'no meaning by event': metric({ metric: 'bounce_rate', value: null, reason: text.reasons.no_meaning_by_event }),
    'no meaning by the hour': metric({
      metric: 'views_per_visit',
      value: null,
      reason: text.reasons.no_meaning_by_hour,
    }),
    'not kept': metric({ metric: 'time_on_page', value: null, reason: text.reasons.not_kept }),
    'nothing to divide by': metric({ metric: 'percentage', value: null }),
    'not yet known': metric({ value: undefined }),
  },
  'live-dot': {
    nobody: () => <LiveDot count={0} href="#live-dot" />,
    one: () => <LiveDot count={1} href="#live-dot" />,
    many: () => <LiveDot count={12_345} href="#live-dot" />,
  },
};
