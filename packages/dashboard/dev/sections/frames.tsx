import { ApiError, type Status } from '../../src/api/client.ts';
import { SessionContext } from '../../src/app/session.ts';
import { Card } from '../../src/ui/card.tsx';
import { FirstHit } from '../../src/ui/first-hit.tsx';
import { Gate } from '../../src/ui/gate.tsx';
import { lazy } from '../../src/ui/lazy.tsx';
import { Notices } from '../../src/ui/notices.tsx';
import { Page } from '../../src/ui/page.tsx';
import { Empty, Failure, Skeleton } from '../../src/ui/states.tsx';
import { ARRIVED, WAITING } from '../api.ts';
import { SESSION } from '../session.ts';
import type { Sections } from '../states.ts';

const Wait = () => <Skeleton lines={3} />;
const retry = (): void => {};
const failure =
  (status: number, field = '', code = '') =>
  () => <Failure error={new ApiError(status, field, 'the collector says why', code)} retry={retry} />;

const warned =
  (...warnings: Status['warnings']) =>
  () => (
    <SessionContext.Provider value={{ ...SESSION, status: { ...SESSION.status, warnings } }}>
      <Notices />
    </SessionContext.Provider>
  );

/** What stands around others, or in their place. */
export const FRAMES: Sections = {
  card: {
    'a title': () => <Card title="Password">What is in it.</Card>,
    'a title and a lead': () => (
      <Card title="Password" lead="What it is about.">
        What is in it.
      </Card>
    ),
  },
  'first-hit': {
    waiting: () => <FirstHit domain={WAITING} />,
    arrived: () => <FirstHit domain={ARRIVED} />,
  },
  gate: {
    usual: () => (
      <Gate title="Sign in" lead="What it is about.">
        What is in it.
      </Gate>
    ),
  },
  lazy: {
    loading: lazy(() => new Promise(() => {}), Wait),
    loaded: lazy(async () => () => <p>It is here.</p>, Wait),
    failed: lazy(() => Promise.reject(new Error('it is not here')), Wait),
  },
  notices: {
    'a disk': warned({ code: 'disk_almost_full', level: 'bad', of: 'data', free: 1.2e9, total: 80e9 }),
    several: warned(
      { code: 'disk_full_soon', level: 'warn', at: '2026-03-14T00:00:00.000Z' },
      { code: 'backup_old', level: 'warn', at: null },
    ),
  },
  page: {
    wide: () => <Page heading="Heading">What is in it.</Page>,
    narrow: () => <Page narrow>What is in it.</Page>,
  },
  states: {
    'a skeleton': Wait,
    empty: () => <Empty title="Nothing yet" />,
    'empty, with what to do': () => (
      <Empty title="Nothing yet">
        <a class="control" href="#states">
          Add one
        </a>
      </Empty>
    ),
    'failed for a moment': failure(503),
    'too busy': failure(503, 'store', 'busy'),
    refused: failure(400, 'filters'),
    'too much': failure(400, 'date_range'),
    damaged: failure(500, 'store'),
  },
};
