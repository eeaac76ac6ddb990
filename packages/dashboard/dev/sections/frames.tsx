import { ApiError } from '../../src/api/client.ts';
import { Card } from '../../src/ui/card.tsx';
import { FirstHit } from '../../src/ui/first-hit.tsx';
import { Gate } from '../../src/ui/gate.tsx';
import { lazy } from '../../src/ui/lazy.tsx';
import { Page } from '../../src/ui/page.tsx';
import { Empty, Failure, Skeleton } from '../../src/ui/states.tsx';
import { ARRIVED, WAITING } from '../api.ts';
import type { Sections } from '../states.ts';

const Wait = () => <Skeleton lines={3} />;
const retry = (): void => {};
const failure =
  (status: number, field = '', code = '') =>
  () => <Failure error={new ApiError(status, field, 'the collector says why', code)} retry={retry} />;

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
