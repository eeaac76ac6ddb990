import type { Facts } from './model.ts';

type OriginFacts = Pick<
  Facts,
  | 'visit:source'
  | 'visit:channel'
  | 'visit:referrer'
  | 'visit:utm_source'
  | 'visit:utm_medium'
  | 'visit:utm_campaign'
  | 'visit:utm_content'
  | 'visit:utm_term'
>;

/** A way in: the referrer and the query of the page's address. */
export interface Entrance {
  readonly referrer: string;
  readonly query: string;
  readonly facts: OriginFacts;
}

const NO_CAMPAIGN = {
  'visit:utm_source': '',
  'visit:utm_medium': '',
  'visit:utm_campaign': '',
  'visit:utm_content': '',
  'visit:utm_term': '',
};

const entrance = (
  [referrer, query]: readonly [string, string],
  [source, channel, kept]: readonly [string, string, string],
  campaign: Partial<OriginFacts> = {},
): Entrance => ({
  referrer,
  query,
  facts: { 'visit:source': source, 'visit:channel': channel, 'visit:referrer': kept, ...NO_CAMPAIGN, ...campaign },
});

export const DIRECT = entrance(['', ''], ['Direct', 'Direct', '']);

export const ENTRANCES: readonly Entrance[] = [
  DIRECT,
  DIRECT,
  entrance(['https://www.google.com/', ''], ['Google', 'Organic search', 'google.com']),
  entrance(['https://duckduckgo.com/', ''], ['DuckDuckGo', 'Organic search', 'duckduckgo.com']),
  entrance(
    ['https://news.ycombinator.com/item?id=4711', ''],
    ['Hacker News', 'Organic social', 'news.ycombinator.com/item'],
  ),
  entrance(['https://t.co/', ''], ['X', 'Organic social', 't.co']),
  entrance(['https://chatgpt.com/', ''], ['ChatGPT', 'AI assistants', 'chatgpt.com']),
  entrance(['https://www.youtube.com/watch?v=1', ''], ['YouTube', 'Organic video', 'youtube.com/watch']),
  entrance(['https://blog.example.org/Links#here', ''], ['blog.example.org', 'Referral', 'blog.example.org/Links']),
  entrance(['', '?utm_source=newsletter&utm_medium=email&utm_campaign=Spring'], ['Newsletter', 'Email', ''], {
    'visit:utm_source': 'newsletter',
    'visit:utm_medium': 'email',
    'visit:utm_campaign': 'Spring',
  }),
  entrance(
    [
      'https://www.google.de/',
      '?utm_source=google&utm_medium=cpc&utm_campaign=autumn&utm_content=red%20button&utm_term=boards',
    ],
    ['Google', 'Paid search', 'google.de'],
    {
      'visit:utm_source': 'google',
      'visit:utm_medium': 'cpc',
      'visit:utm_campaign': 'autumn',
      'visit:utm_content': 'red button',
      'visit:utm_term': 'boards',
    },
  ),
];
