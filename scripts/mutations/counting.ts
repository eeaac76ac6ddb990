// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

const VISIT = ['ingest/visits/visit.test.ts'];
const UNDO = 'ingest/visits/visit-undo.test.ts';

export const COUNTING: readonly Mutation[] = [
  ...mutationsOf('ingest/visits/visit.ts', VISIT, [
    [
      'half an hour after the last hit a visit goes on',
      'time - known.last < VISIT_GAP_S',
      'time - known.last <= VISIT_GAP_S',
    ],
    ['each visit of a day is of a new visitor', 'first_visit: sameDay ? 0 : 1', 'first_visit: 1'],
    ['a bounce is never taken back', 'state.bouncing ? -1 : 0', '0'],
    ['a visit that begins with an event bounces', 'first && view ? 1', 'first ? 1'],
    [
      'a hit that comes late makes a visit shorter',
      'seconds: Math.max(0, time - state.last)',
      'seconds: time - state.last',
    ],
    ['a hit that comes late is the last one', 'state.last = Math.max(state.last, time)', 'state.last = time'],
    ['each visit has a visitor', 'visitors: first ? state.frozen.first_visit : 0', 'visitors: first ? 1 : 0'],
    ['an event that is named as a page was met', '`e${hit.name}`', '`p${hit.name}`'],
    ['properties of the page go before those of the event', '{ ...props, ...own }', '{ ...own, ...props }'],
    ['what follows an event has a wrong page before it', 'if (view && state.viewed', 'if (state.viewed'],
    ['engagement begins no visit, and counts without one', 'state === undefined ? NOTHING : {', 'false ? NOTHING : {'],
    ['what is not kept is remembered of a visit', '[state.save()]', '[]', UNDO],
    [
      'what is not kept begins a visit',
      'changes.push(memory.put(beacon.browserKey, state))',
      'memory.put(beacon.browserKey, state)',
      UNDO,
    ],
  ]),
  ...mutationsOf('ingest/visits/browser-state.ts', VISIT, [
    ['a visit ends at midnight', 'time < this.dayEnd || time - this.last < VISIT_GAP_S', 'time < this.dayEnd'],
    ['a page that was met this visit is met again', 'if (at >= this.#metEarlier) return MET_BEFORE;', ''],
    ['a bounce stays taken back by what was not kept', 'this.bouncing = bouncing;', '', UNDO],
    ['pages that were not kept are met', 'this.#metCount = count;', '', UNDO],
  ]),
  ...mutationsOf(
    'ingest/visits/visit-memory.ts',
    ['ingest/visits/visit-memory.test.ts'],
    [
      ['at a change of keys a browser is known twice', 'this.#states.delete(former);', '', ...VISIT],
      ['a clock that jumps has everybody forgotten', 'if (now < this.#trustedFrom) return;', ''],
      ['the memory grows over its bounds', 'this.#shares.weight > this.#most', 'this.#shares.weight > 2 * this.#most'],
      ['visits that were deleted go on', 'if (visits.has(state.visit)) this.#forget(state)', 'visits.has(state.visit)'],
    ],
  ),
  ...mutationsOf(
    'query/stats/plan.ts',
    ['query/stats/plan.test.ts'],
    [
      ['values by hour are those of whole days', 'another || byHour ||', 'another ||'],
      ['empty values are looked for where there are none', " && !filter[2].includes('')", ''],
      ['what is not asked for is what is', "filter[0] === 'is' &&", ''],
      ['who saw two of the pages is counted twice', 'values?.length === 1', 'values !== null'],
      ['a bounce is that of the hits that match', "count === 'bounces' || ", ''],
      ['of two dimensions one is ignored', 'if (another || ', 'if ('],
    ],
  ),
  ...mutationsOf(
    'query/stats/metrics.ts',
    ['query/stats/metrics.test.ts'],
    [
      ['halves are rounded down', 'Math.round((sum', 'Math.floor((sum'],
      ['without visits there is a rate', 'if (visits === 0) return null;', 'if (visits === 0) return 0;'],
      ['revenue is ten times as much', '`${said}e-3`', '`${said}e-2`'],
      ['a page that was left for another is an exit', "'r.views - r.moves'", "'r.views'", 'query/stats/run.test.ts'],
    ],
  ),
  ...mutationsOf(
    'query/stats/sums-relation.ts',
    ['query/stats/run.test.ts'],
    [
      [
        'a page counts what began there',
        'COUNTS[name][plan.formula] ?? COUNTS[name].increment',
        'COUNTS[name].increment',
      ],
      [
        'a filter filters nothing',
        'if (plan.isFiltered) {',
        'if (plan.isFiltered) return [];\n  if (plan.isFiltered) {',
      ],
      ['sums of one rollup are those of all', "`r.dimension = ${bind(plan.rollup, 'UInt8')}`,", ''],
    ],
  ),
];
