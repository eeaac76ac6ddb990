import { Change } from '../../src/ui/change.tsx';
import { Cut } from '../../src/ui/cut.tsx';
import { LiveDot } from '../../src/ui/live-dot.tsx';
import type { Sections } from '../states.ts';

const LONG = `/blog/${'a-long-story-about-bread/'.repeat(8)}the-end.html`;

const Narrow = ({ value }: { value: string }) => (
  <div style={{ width: '260px' }}>
    <Cut value={value} />
  </div>
);

/** Numbers and names. */
export const FIGURES: Sections = {
  change: {
    'more is good': () => <Change change={12.4} moreIs="good" />,
    'less is bad': () => <Change change={-7.6} moreIs="good" />,
    'more is bad': () => <Change change={31} moreIs="bad" />,
    'neither good nor bad': () => <Change change={4} moreIs="neither" />,
    none: () => <Change change={0} moreIs="good" />,
    'nothing to compare': () => <Change change={null} moreIs="good" />,
  },
  cut: {
    short: () => <Narrow value="/pricing" />,
    'cut in its middle': () => <Narrow value={LONG} />,
    'from right to left': () => <Narrow value={'كيف تخبز خبزًا جيدًا في المنزل بدون عجن وبدون آلة'} />,
  },
  'live-dot': {
    nobody: () => <LiveDot count={0} href="#live-dot" />,
    one: () => <LiveDot count={1} href="#live-dot" />,
    many: () => <LiveDot count={12_345} href="#live-dot" />,
  },
};
