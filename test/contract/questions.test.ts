import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer, Question, Refusal } from '../../packages/collector/src/query/stats/query.ts';
import { StoreError } from '../../packages/collector/src/store/store-error.ts';
import { startTestCollector, type TestCollector } from '../support/test-collector.ts';

const [SITE, OTHER] = ['one.example', 'two.example'];

let collector: TestCollector;
beforeAll(async () => {
  collector = await startTestCollector();
  for (const domain of [SITE, OTHER]) await collector.api('POST', '/api/sites', { domain });
  for (const [at, site] of [SITE, SITE, OTHER].entries())
    for (const page of ['/', `/${at}`])
      await collector.send(
        { s: site, u: `https://${site}${page}`, i: [{ k: 'view' }] },
        { address: `203.0.113.${at}` },
      );
  await collector.flush();
});
afterAll(() => collector.stop());

type Answers = { readonly answers: readonly (Answer | Refusal)[] };

const askAll = (questions: unknown): Promise<Response> => collector.api('POST', '/api/query', { questions });
const answersTo = async (questions: unknown): Promise<Answers['answers']> => {
  const response = await askAll(questions);
  expect(response.status).toBe(200);
  return ((await response.json()) as Answers).answers;
};

const QUESTION: Question = { site_id: SITE, metrics: ['visitors', 'pageviews'], date_range: '7d' };
const QUESTIONS: readonly Question[] = [
  QUESTION,
  { ...QUESTION, site_id: OTHER },
  { ...QUESTION, dimensions: ['time:day'], include: { comparisons: { mode: 'previous_period' }, time_labels: true } },
  { ...QUESTION, dimensions: ['event:page'], include: { total_rows: true }, pagination: { limit: 2 } },
  { ...QUESTION, dimensions: ['event:page', 'visit:browser'], filters: [['is_not', 'event:page', ['/1']]] },
  QUESTION,
];

test('several questions are answered in their order, each as if it was asked by itself', async () => {
  const single = [];
  for (const question of QUESTIONS) single.push(await collector.query(question));
  expect(await answersTo(QUESTIONS)).toEqual(single);
  expect(single.map(({ results }) => results[0]?.metrics)).toEqual(
    expect.arrayContaining([
      [2, 4],
      [1, 2],
    ]),
  );
});

test('equal answers have the same entity tag, and others another one', async () => {
  const tagOf = async (questions: unknown): Promise<string | null> => (await askAll(questions)).headers.get('etag');
  const [tag, again, other] = [await tagOf([QUESTION]), await tagOf([QUESTION]), await tagOf([QUESTION, QUESTION])];
  expect(tag).toMatch(/^"[\w-]+"$/);
  expect([again, other === tag]).toEqual([tag, false]);
});

/** What is wrong, the questions, and the field that the answer names. */
const REFUSED: readonly [string, unknown, number, string][] = [
  ['no list', QUESTION, 400, 'questions'],
  ['none', [], 400, 'questions'],
  ['41', Array(41).fill(QUESTION), 400, 'questions'],
  ['too many rows', Array(5).fill({ ...QUESTION, pagination: { limit: 10_000 } }), 400, 'questions'],
  ['what is no question', [QUESTION, null], 400, 'questions[1]'],
  ['several within several', [QUESTION, { questions: [QUESTION] }], 400, 'questions[1].site_id'],
  ['a metric that there is not', [QUESTION, { ...QUESTION, metrics: ['love'] }], 400, 'questions[1].metrics[0]'],
  ['a filter', [{ ...QUESTION, filters: [['is', 'love', ['/']]] }, QUESTION], 400, 'questions[0].filters[0][1]'],
  [
    'a pattern',
    [QUESTION, { ...QUESTION, filters: [['not', ['matches', 'event:page', ['/', '(']]]] }],
    400,
    'questions[1].filters[0][1][2][1]',
  ],
  [
    'a range',
    [QUESTION, QUESTION, { ...QUESTION, date_range: ['2026-02-02', '2026-02-01'] }],
    400,
    'questions[2].date_range',
  ],
  [
    'too many hours',
    [QUESTION, { ...QUESTION, date_range: ['2020-01-01', '2024-01-01'], dimensions: ['time:hour'] }],
    400,
    'questions[1].date_range',
  ],
  ['an unknown site', [QUESTION, { ...QUESTION, site_id: 'no.example' }], 404, 'questions[1].site_id'],
];

test.each(REFUSED)('what is wrong with one refuses all: %s', async (_name, questions, status, field) => {
  const response = await askAll(questions);
  expect([response.status, ((await response.json()) as Refusal).error.field]).toEqual([status, field]);
});

test('every site must be one that the caller may read', async () => {
  const made = await collector.api('POST', '/api/tokens', { name: 'one', scope: 'read', sites: [SITE] });
  const { token } = (await made.json()) as { token: string };
  const ask = (questions: readonly Question[]): Promise<Response> =>
    collector.request('/api/query', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ questions }),
    });
  expect((await ask([QUESTION, QUESTION])).status).toBe(200);
  const refused = await ask([QUESTION, { ...QUESTION, site_id: OTHER }]);
  expect([refused.status, await refused.json()]).toMatchObject([404, { error: { field: 'questions[1].site_id' } }]);
});

test('several sites in one question are added up, and must all be readable', async () => {
  const both: Question = { ...QUESTION, site_id: [SITE, OTHER] };
  expect((await collector.query(both)).results).toEqual([{ dimensions: [], metrics: [3, 6] }]);
  const [sum, bySite] = await answersTo([both, { ...both, dimensions: ['site'], order_by: [['site', 'asc']] }]);
  expect([sum, bySite]).toMatchObject([
    { results: [{ metrics: [3, 6] }] },
    {
      results: [
        { dimensions: [SITE], metrics: [2, 4] },
        { dimensions: [OTHER], metrics: [1, 2] },
      ],
    },
  ]);
  const made = await collector.api('POST', '/api/tokens', { name: 'both', scope: 'read', sites: [SITE] });
  const { token } = (await made.json()) as { token: string };
  const refused = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await collector.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return [response.status, ((await response.json()) as Refusal).error.field];
  };
  expect(await refused('/api/query', both)).toEqual([404, 'site_id[1]']);
  expect(await refused('/api/query', { questions: [QUESTION, both] })).toEqual([404, 'questions[1].site_id[1]']);
  expect(await refused(`/api/query.csv?site_id=${SITE},${OTHER}&metrics=visitors&date_range=7d`)).toEqual([
    404,
    'site_id[1]',
  ]);
});

test('a site is one of several once, whatever it is called', async () => {
  await collector.api('PATCH', `/api/sites/${OTHER}`, { aliases: ['alias.example'] });
  const twice = { ...QUESTION, site_id: [SITE, OTHER, 'alias.example'] };
  const response = await collector.api('POST', '/api/query', twice);
  expect([response.status, await response.json()]).toMatchObject([400, { error: { field: 'site_id[2]' } }]);
  expect(await (await askAll([QUESTION, twice])).json()).toMatchObject({ error: { field: 'questions[1].site_id[2]' } });
});

test('a field beside the questions is none of them', async () => {
  const response = await collector.api('POST', '/api/query', { ...QUESTION, questions: [QUESTION] });
  expect(await response.json()).toMatchObject({ error: { code: 'unknown_field', field: 'site_id' } });
});

test.each([
  [
    '2026-01-01',
    'is away',
    new StoreError('secret', 'unknown', null, 'secret'),
    { code: 'store_away', field: 'store' },
  ],
  ['2026-01-02', 'is too slow', new StoreError('secret', 'refused', 159, 'secret'), { code: 'busy', field: 'store' }],
  [
    '2026-01-03',
    'has too little memory',
    new StoreError('secret', 'refused', 241, 'Query memory limit exceeded'),
    { code: 'over_limit', field: 'date_range' },
  ],
])('what fails while it is asked leaves the others alone: of %s, the store %s', async (day, _name, failure, error) => {
  const { query } = collector.store;
  collector.store.query = ((sql, ...rest) =>
    sql.includes('hits AS r') ? Promise.reject(failure) : query(sql, ...rest)) as typeof query;
  // Of a day of its own, so that no answer of before is given.
  const answers = await answersTo(QUESTIONS.map((question) => ({ ...question, date_range: [day, day] })));
  collector.store.query = query;
  expect(answers.map((answer) => ('error' in answer ? answer.error : 'answered'))).toEqual(
    QUESTIONS.map(({ filters }) => (filters ? expect.objectContaining(error) : 'answered')),
  );
  expect(JSON.stringify(answers)).not.toContain('secret');
});

test('what is too much to be counted together is counted for each by itself', async () => {
  const filters: Question['filters'] = [['is_not', 'visit:source', ['elsewhere']]];
  const lists = (['event:page', 'visit:browser', 'visit:os'] as const).map(
    (dimension): Question => ({ ...QUESTION, dimensions: [dimension], filters }),
  );
  const { query } = collector.store;
  let refused = 0;
  collector.store.query = ((sql, ...rest) => {
    if (!sql.includes('GROUPING SETS')) return query(sql, ...rest);
    refused += 1;
    return Promise.reject(new StoreError('', 'refused', 241, 'Query memory limit exceeded'));
  }) as typeof query;
  const answers = await answersTo(lists);
  collector.store.query = query;
  expect(refused).toBe(1);
  expect(answers).toEqual(await Promise.all(lists.map(collector.query)));
  expect(answers.every((answer) => 'results' in answer && answer.results.length > 0)).toBe(true);
});
