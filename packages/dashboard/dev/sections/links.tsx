import { useState } from 'preact/hooks';
import { HomeBar, SiteBar } from '../../src/ui/bar.tsx';
import { Choice } from '../../src/ui/choice.tsx';
import { Pager } from '../../src/ui/pager.tsx';
import { PeriodMenu } from '../../src/ui/period-menu.tsx';
import { RangeForm } from '../../src/ui/range-form.tsx';
import { Sections as SectionTabs } from '../../src/ui/sections.tsx';
import { Tabs } from '../../src/ui/tabs.tsx';
import { DOMAIN } from '../session.ts';
import type { Sections } from '../states.ts';

const Pages = ({ first }: { first: number }) => {
  const [offset, setOffset] = useState(first);
  return <Pager offset={offset} page={100} total={1234} onMove={setOffset} />;
};

const COLUMNS = ['Traffic', 'Time and depth', 'Entries and exits'].map((id) => ({ id, title: id }));
const Columns = () => {
  const [chosen, choose] = useState('Traffic');
  return <Choice label="Columns" options={COLUMNS} chosen={chosen} onChoose={choose} />;
};

const HERE = '#links';
const tab = (id: string, current: boolean) => ({ id, title: id, href: HERE, current });

const Range = ({ days }: { days: readonly [string, string] }) => (
  <RangeForm label="Own range" days={days} today="2026-03-14" hrefOf={() => HERE} />
);

/** What leads elsewhere. */
export const LINKS: Sections = {
  bar: {
    'of no site': () => <HomeBar current="sites" />,
    'of a site': () => <SiteBar domain={DOMAIN} current="statistics" />,
    'with more in it': () => (
      <SiteBar domain={DOMAIN} current="logs" below={<div class="bar-row">A second row</div>}>
        <PeriodMenu period="28d" timezone="Europe/Berlin" hrefOf={() => HERE} />
      </SiteBar>
    ),
  },
  choice: {
    'of three': () => <Columns />,
  },
  pager: {
    first: () => <Pages first={0} />,
    'in the middle': () => <Pages first={400} />,
    last: () => <Pages first={1200} />,
    'not shown for one page': () => <Pager offset={0} page={100} total={7} onMove={() => {}} />,
  },
  'period-menu': {
    'a named period': () => <PeriodMenu period="28d" timezone="Europe/Berlin" hrefOf={() => HERE} />,
    'two days': () => <PeriodMenu period={['2026-03-01', '2026-03-14']} timezone="Europe/Berlin" hrefOf={() => HERE} />,
  },
  'range-form': {
    'two days': () => <Range days={['2026-03-01', '2026-03-14']} />,
    'one day': () => <Range days={['2026-03-14', '2026-03-14']} />,
  },
  sections: {
    usual: () => (
      <SectionTabs<'general' | 'counting' | 'limits'>
        label="Settings"
        path={HERE}
        titles={{ general: 'General', counting: 'Counting', limits: 'Limits' }}
        current="counting"
      />
    ),
  },
  tabs: {
    usual: () => (
      <Tabs label="Lists" tabs={[tab('Pages', true), tab('Entry pages', false), tab('Exit pages', false)]} />
    ),
  },
};
