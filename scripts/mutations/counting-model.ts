// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are parts of sources.
import { type Mutation, mutationsOf } from './mutation.ts';

/** Those that compare all numbers with a plain model of docs/counting.md, and with each other. */
const MODEL = ['test/counting/examples.test.ts', 'test/counting/properties.test.ts', 'test/counting/counting.test.ts'];

/** Faults by which some number is another one somewhere. */
export const COUNTING_MODEL: readonly Mutation[] = [
  ...mutationsOf('ingest/visits/browser-state.ts', MODEL, [
    [
      'half an hour after the last hit a visit goes on',
      'time - this.last < VISIT_GAP_S',
      'time - this.last <= VISIT_GAP_S',
    ],
    [
      'a late hit of the day before finds no visit there',
      'return this.former?.day === day ? this.former : undefined;',
      'return undefined;',
    ],
    ['engagement after midnight goes on for hours', ' && state.isGoingOn(time) ? state', ' ? state'],
    ['what was met on an earlier visit is met again', 'this.#metEarlier = this.#metCount;', 'this.#metEarlier = 0;'],
    ['who comes back was in no hour', 'earlier === undefined ? 0 : earlier.#hours', '0'],
    [
      'a late hit of an earlier hour is one of a later hour',
      'hour < earliest ? { new_hour: 0, earlier_than: earliest } : ENTERED_LATER',
      'ENTERED_LATER',
    ],
    ['the first visit of the day is the last one', 'this.first = earlier?.first ?? frozen;', 'this.first = frozen;'],
  ]),
  ...mutationsOf('ingest/visits/count-hit.ts', MODEL, [
    ['events that are not interactive end a bounce', "hit.interactive === false ? course : 'staying'", "'staying'"],
    ['two views are a bounce', "course === 'unviewed' ? 'bouncing' : 'staying'", "'bouncing'"],
    ['a late hit makes a visit shorter', 'Math.max(0, time - state.last)', 'time - state.last'],
    ['each visit has a visitor', 'row.visitors = state.frozen.first_visit', 'row.visitors = 1'],
    ['a later visit brings nothing new', 'row.new_values = newValues(state);', ''],
    ['what follows an event has a wrong page before it', 'row.prev_page = state.viewed', 'row.prev_page = path'],
    ['events stand where the visit began', 'hit_hour: hour,', "hit_hour: hit.kind === 'event' ? state.hour : hour,"],
    ['a late hit is the latest', 'if (time >= state.last)', 'if (time > 0)'],
    ['properties of the page go before those of the event', '{ ...row.props, ...props }', '{ ...props, ...row.props }'],
  ]),
  ...mutationsOf('ingest/visits/begin-visit.ts', MODEL, [
    [
      'each visit has a browser and a place of its own',
      'earlier === undefined ? share(client) : clientOf(earlier.first.client, client, share)',
      'share(client)',
    ],
    ['each visit is the first of its day', 'first_visit: earlier === undefined ? 1 : 0', 'first_visit: 1'],
    ['each visit is of another browser', 'earlier ?? takePlace(', 'takePlace('],
    ['a visit that begins late takes the place of that of today', 'when.day < browser.day', 'when.day < ""'],
    ['the language of a day is one', 'first.language === language && ', ''],
  ]),
  ...mutationsOf('ingest/visits/attach.ts', MODEL, [
    [
      'engagement stands where it was reported',
      "hit.kind === 'engagement' && state !== undefined ? state.lastHour : when.hour",
      'when.hour',
    ],
    ['each report says all of the view', 'row.engaged_ms = hit.ms', 'row.engaged_ms = hit.viewMs'],
  ]),
  ...mutationsOf('ingest/visits/new-values.ts', MODEL, [
    ['what the first visit had is new to the next', ' || value === read(first)) continue;', ') continue;'],
    ['what an earlier visit had is new', '.day === 1', '.visit === 1'],
  ]),
  ...mutationsOf('ingest/visits/local-days.ts', MODEL, [
    ['all hours of a day are one', 'at < MOST_HOURS ? 1 << at : 0', '1'],
    [
      'the numbers of two days are the same',
      'const low = this.#low + place;',
      'const low = place - this.#high * BILLION;',
    ],
  ]),
  ...mutationsOf('ingest/visits/visit.ts', MODEL, [
    [
      'engagement is lost half an hour after its visit',
      'return state ?? browser.before(when);',
      'return state?.isGoingOn(when.time) ? state : browser.before(when);',
    ],
    ['times are rounded', 'time: Math.floor(at / 1000)', 'time: Math.round(at / 1000)'],
  ]),
  ...mutationsOf('store/migrations/0003-counting.ts', MODEL, [
    ['an hour has what is booked where its visits began', "begin: 'h.hit_hour = h.hour'", "begin: '1'"],
    [
      'what a later hour adds to a visit is lost',
      "${hourOf('hour')})`), begin: '1' }",
      "${hourOf('hour')})`), begin: '0' }",
    ],
    ['a browser is twice in the hours of its day', "later: '-1',", "later: '0',"],
    ['who was in an earlier hour is not in this one', "seenVisitors: 'h.new_hour',", "seenVisitors: '0',"],
    ['who was there earlier is not there any more', "seenVisitors: '1',", "seenVisitors: '0',"],
    ['sources are new by their channel', "[20, 'source', 1]", "[20, 'source', 2]"],
    [
      'a page that was left for another is an exit',
      "'toString(h.prev_page)', move: '1'",
      "'toString(h.prev_page)', move: '0'",
    ],
    ['engagement stands where its visit began', 'sum(h.engaged_ms * hit)', 'sum(h.engaged_ms * begin)'],
  ]),
  ...mutationsOf('query/stats/plan/sums.ts', MODEL, [
    [
      'who comes back with another source is no visitor of it',
      "visitors: 'r.visitors + r.later_visitors' }",
      "visitors: 'r.visitors' }",
    ],
    ['each view is an exit', "const LAST = 'r.views - r.moves'", "const LAST = 'r.views'"],
    ['any hours add up', 'hours?.least === 0', 'hours !== null'],
    ['in an hour are those who came in it', ' + toInt64(r.seen_visitors)', ''],
    ['of two dimensions one is ignored', 'if (another) return null;', ''],
    ['who saw two pages is counted twice', 'addsUp(name, count) || areOfOneValue(asked.filters)', 'true'],
    ['who came from two sources is counted twice', 'return OF_CLIENT.has(name);', 'return true;'],
    ['what has no value is left out', 'if (!keepNothing(asked.filters))', 'if (true)'],
  ]),
  ...mutationsOf('query/stats/plan/hits.ts', MODEL, [
    ['visits are those that began with a match', "sum: ofHit ? VISITS : 'sum(r.visits)'", "sum: 'sum(r.visits)'"],
    ['bounces are those of all hits that match', "rows: ofHit ? 'entries' : 'hits'", "rows: 'hits'"],
    ['visits stand where they were seen', "new Set<Count>(['visits', ", 'new Set<Count>(['],
  ]),
  ...mutationsOf('query/stats/plan/one-dimension.ts', MODEL, [
    ['what is without a value is never asked for', "return filter[2].includes('');", 'return false;'],
    ['one value or another is one', 'values.length <= 1', 'values.length > 0'],
  ]),
  ...mutationsOf('query/stats/metrics.ts', MODEL, [
    ['halves are rounded down', 'Math.round(whole / (by * over))', 'Math.ceil(whole / (by * over) - 0.5)'],
    [
      'what has no meaning by the hour has a number',
      'times: 100, decimals: 1 }, ofDays: true }',
      'times: 100, decimals: 1 } }',
    ],
    ['without visits there is a rate', 'if (by === 0) return null;', 'if (by === 0) return 0;'],
    [
      'time on a page is by visitor',
      "count: 'engaged', per: { divisor: 'views'",
      "count: 'engaged', per: { divisor: 'visitors'",
    ],
  ]),
  ...mutationsOf('query/stats/warnings.ts', MODEL, [
    ['of an event there is time on a page', "'exits', 'engaged', 'scroll']", "'exits']"],
  ]),
  ...mutationsOf('query/stats/sql/visits-relation.ts', MODEL, [
    ['a visit begins where it ends', 'argMinIf(${expression}', 'argMaxIf(${expression}'],
    ['a visit without a view ends somewhere', "`${EXIT_PAGE} != ''`", "'count() > 0'"],
  ]),
];
