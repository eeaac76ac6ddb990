// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

const VISIT = ['ingest/visits/visit.test.ts', 'ingest/visits/local-day.test.ts'];
const UNDO = 'ingest/visits/visit-undo.test.ts';
const PLAN = ['query/stats/plan/plan.test.ts'];

export const COUNTING: readonly Mutation[] = [
  ...mutationsOf('ingest/visits/visit.ts', VISIT, [
    ['what is not kept is remembered of a visit', 'changes.push(changing.save());', 'changing.save();', UNDO],
  ]),
  ...mutationsOf('ingest/visits/begin-visit.ts', VISIT, [
    ['each visit of a day is of a new visitor', 'first_visit: earlier === undefined ? 1 : 0', 'first_visit: 1'],
    [
      'what is not kept begins a visit',
      'changes.push(memory.put(beacon.browserKey, state));',
      'memory.put(beacon.browserKey, state);',
      UNDO,
    ],
    [
      'what is not kept takes the number of a browser',
      'changes.push(() => memory.days.giveBack(site, localDay, place));',
      '',
      UNDO,
    ],
  ]),
  ...mutationsOf('ingest/visits/count-hit.ts', VISIT, [
    ['a bounce is never taken back', 'bounces(course) - bounces(state.course)', 'bounces(course)'],
    [
      'a visit that begins with an event bounces',
      "interactive === false ? course : 'staying'",
      "name ? course : 'staying'",
    ],
    [
      'a hit that comes late makes a visit shorter',
      'row.seconds = Math.max(0, time - state.last)',
      'row.seconds = time - state.last',
    ],
    ['a hit that comes late is the last one', 'if (time >= state.last)', 'if (time > 0)'],
    ['each visit has a visitor', 'row.visitors = state.frozen.first_visit', 'row.visitors = 1'],
    ['an event that is named as a page was met', '`e${name}`', '`p${name}`'],
    ['properties of the page go before those of the event', '{ ...row.props, ...props }', '{ ...props, ...row.props }'],
    ['what follows an event has a wrong page before it', 'row.prev_page = state.viewed', 'row.prev_page = path'],
  ]),
  ...mutationsOf('ingest/visits/attach.ts', VISIT, [
    ['engagement begins no visit, and counts without one', 'if (state === undefined) return;', ''],
  ]),
  ...mutationsOf('ingest/visits/browser-state.ts', VISIT, [
    [
      'half an hour after the last hit a visit goes on',
      'time - this.last < VISIT_GAP_S',
      'time - this.last <= VISIT_GAP_S',
    ],
    ['a visit goes on after midnight', 'if (this.day === day) return this;', 'if (this.day <= day) return this;'],
    ['a page that was met this visit is met again', 'if (at >= this.#metEarlier) return MET_BEFORE;', ''],
    ['a bounce stays taken back by what was not kept', 'this.course = course;', '', UNDO],
    ['pages that were not kept are met', 'this.#metCount = count;', '', UNDO],
    ['hours that were not kept are entered', 'this.#hours = hours;', '', UNDO],
  ]),
  ...mutationsOf(
    'ingest/visits/visit-memory.ts',
    ['ingest/visits/visit-memory.test.ts'],
    [
      ['at a change of keys a browser is known twice', 'this.#states.delete(former);', '', ...VISIT],
      ['a clock that jumps has everybody forgotten', 'if (now < this.#trustedFrom) return;', ''],
      ['the memory grows over its bounds', 'this.#shares.weight > this.#most', 'this.#shares.weight > 2 * this.#most'],
      ['visits that were deleted go on', 'this.#forgetWhere(isGone, isGone);', ''],
      ['visits of the day before that were deleted go on', '(isGone, isGone)', '(isGone, () => false)'],
    ],
  ),
  ...mutationsOf('query/stats/plan/sums.ts', PLAN, [
    ['values by hour are those of whole days', 'if (name) return isByHour ? null :', 'if (name) return'],
    ['who saw two of the pages is counted twice', ' || areOfOneValue(asked.filters) ?', ' || true ?'],
    ['of two dimensions one is ignored', 'if (another) return null;', ''],
  ]),
  ...mutationsOf('query/stats/plan/one-dimension.ts', PLAN, [
    ['what has no value is found where there is none', "return filter[2].includes('');", 'return false;'],
    ['what is not asked for is what is', "filter[0] === (isNegated ? 'is_not' : 'is') && ", ''],
  ]),
  ...mutationsOf('query/stats/plan/hits.ts', PLAN, [
    ['a bounce is that of the hits that match', "rows: ofHit ? 'entries' : 'hits'", "rows: 'hits'"],
  ]),
  ...mutationsOf(
    'query/stats/metrics.ts',
    ['query/stats/metrics.test.ts'],
    [
      ['halves are rounded down', 'Math.round(whole / (by * over))', 'Math.floor(whole / (by * over))'],
      ['without visits there is a rate', 'if (by === 0) return null;', 'if (by === 0) return 0;'],
      ['revenue is ten times as much', '`${said}e-3`', '`${said}e-2`'],
    ],
  ),
  ...mutationsOf(
    'query/stats/sql/sums-relation.ts',
    ['query/stats/run.test.ts'],
    [
      ['a filter filters nothing', "...(values === 'named' ? [wanted()] : []),", ''],
      ['sums of one rollup are those of all', ': `r.dimension = ${dimension}`,', ": '1',"],
    ],
  ),
];
