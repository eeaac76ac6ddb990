import { expect, it, test } from 'vitest';
import { trafficOrigin } from './origin.ts';

const from = (referrer: string, query = '', page = 'https://www.example.com/') =>
  trafficOrigin({
    url: new URL(page + query),
    referrer: referrer === '' ? null : new URL(referrer),
    site: { domain: 'example.com', aliases: ['example.de', 'shop'] },
  });

const where = (referrer: string, query = ''): string => {
  const { source, channel } = from(referrer, query);
  return `${source} · ${channel}`;
};

test.each([
  ['', 'Direct · Direct'],
  ['https://www.google.com/', 'Google · Organic search'],
  ['https://www.google.co.uk/', 'Google · Organic search'],
  ['https://google.de/search', 'Google · Organic search'],
  ['https://docs.google.com/document/x', 'docs.google.com · Referral'],
  ['https://google.example/', 'google.example · Referral'],
  ['https://notgoogle.com/', 'notgoogle.com · Referral'],
  ['https://news.google.com/', 'Google News · Organic search'],
  ['https://mail.google.com/mail/u/0/', 'Gmail · Email'],
  ['android-app://com.google.android.gm/', 'Gmail · Email'],
  ['android-app://com.reddit.frontpage', 'Reddit · Organic social'],
  ['android-app://org.unknown.app/', 'org.unknown.app · Referral'],
  // Apps of those who are known by their domain, but not of portals; and what reads mails.
  ['android-app://com.flipkart.android/', 'Flipkart · Organic shopping'],
  ['android-app://ru.ozon.app.android/', 'Ozon · Organic shopping'],
  ['android-app://com.letterboxd.letterboxd/', 'Letterboxd · Organic social'],
  ['android-app://com.google.android.apps.translate/', 'com.google.android.apps.translate · Referral'],
  ['android-app://com.samsung.android.email.provider/', 'com.samsung.android.email.provider · Email'],
  ['android-app://me.bakery.mail/', 'me.bakery.mail · Email'],
  ['android-app://com.bakery.mailorder/', 'com.bakery.mailorder · Referral'],
  ['android-app://com.fsck.k9/', 'Thunderbird · Email'],
  ['https://duckduckgo.com/', 'DuckDuckGo · Organic search'],
  ['https://de.search.yahoo.com/', 'Yahoo · Organic search'],
  ['https://yandex.com.tr/', 'Yandex · Organic search'],
  ['https://l.facebook.com/l.php?u=x', 'Facebook · Organic social'],
  ['https://t.co/abc', 'X · Organic social'],
  ['https://news.ycombinator.com/item?id=1', 'Hacker News · Organic social'],
  ['https://old.reddit.com/r/x', 'Reddit · Organic social'],
  ['https://m.youtube.com/watch?v=1', 'YouTube · Organic video'],
  ['https://www.amazon.de/dp/1', 'Amazon · Organic shopping'],
  ['https://chatgpt.com/', 'ChatGPT · AI assistants'],
  ['https://chat.openai.com/', 'ChatGPT · AI assistants'],
  ['https://www.perplexity.ai/search', 'Perplexity · AI assistants'],
  ['https://gemini.google.com/', 'Gemini · AI assistants'],
  ['https://copilot.microsoft.com/', 'Copilot · AI assistants'],
  ['https://claude.ai/', 'Claude · AI assistants'],
  ['https://edgeservices.bing.com/', 'Copilot · AI assistants'],
  ['https://de.wikipedia.org/wiki/Web', 'Wikipedia · Referral'],
  ['https://www.some-blog.org/post/', 'some-blog.org · Referral'],
  ['http://198.51.100.7/', '[ip] · Referral'],
  ['http://[2001:db8::7]/', '[ip] · Referral'],
  ['https://x203-0-113-77.social/', 'x[ip].social · Organic social'],
  ['https://mail.203-0-113-77.bakery.example/', 'mail.[ip].bakery.example · Email'],
  ['android-app://org.email.a9f8a7b6c5d4e3f2a1b0c9d8e/', 'org.email.[token] · Email'],
])('referrer %s: %s', (referrer, expected) => {
  expect(where(referrer)).toBe(expected);
});

test.each([
  ['the same page', 'https://www.example.com/a'],
  ['the same host without www', 'http://example.com/a'],
  ['a subdomain of the site', 'https://shop.example.com/'],
  ['no address of a page', 'about:client'],
])('%s is no referrer', (_, referrer) => {
  expect(from(referrer)).toEqual(from(''));
});

test.each([
  ['of the same host', 'https://preview.example.net/a', 'preview.example.net'],
  ['of a host below', 'https://a.preview.example.net/a', 'preview.example.net'],
])('a link %s is no referrer on a host beside the site', (_, referrer, host) => {
  expect(from(referrer, '', `https://${host}/`).source).toBe('Direct');
});

test.each([
  ['another name of the site', 'https://www.example.de/', 'Direct'],
  ['a host below another name', 'https://blog.example.de/a', 'Direct'],
  ['a host under a top domain that is called like another name', 'https://books.shop/', 'books.shop'],
])('a link from %s: %s', (_, referrer, source) => {
  expect(from(referrer).source).toBe(source);
});

test.each(['bücher.example', 'BÜCHER.example', 'xn--bcher-kva.example'])(
  '%s in a tag is the host of that name',
  (tag) => {
    const { source } = from('https://bücher.example/');
    expect(source).toBe('xn--bcher-kva.example');
    expect(from('', `?utm_source=${tag}`).source).toBe(source);
  },
);

it('takes the domain above a site for another site', () => {
  const origin = trafficOrigin({
    url: new URL('https://jane.hosting.example/'),
    referrer: new URL('https://hosting.example/'),
    site: { domain: 'jane.hosting.example', aliases: [] },
  });
  expect(origin.source).toBe('hosting.example');
});

test.each([
  ['', '?utm_source=google&utm_medium=cpc', 'Google · Paid search'],
  ['', '?utm_source=GOOGLE&utm_medium=CPC', 'Google · Paid search'],
  ['', '?utm_source=fb&utm_medium=paid_social', 'Facebook · Paid social'],
  ['', '?utm_source=youtube&utm_medium=cpv&utm_campaign=x', 'YouTube · Paid video'],
  ['', '?utm_source=youtube&utm_medium=paid', 'YouTube · Paid video'],
  ['', '?utm_source=idealo&utm_medium=cpc', 'Idealo · Paid shopping'],
  ['', '?utm_source=google&utm_medium=cpc&utm_campaign=shopping-de', 'Google · Paid shopping'],
  ['', '?utm_source=partner&utm_medium=cpc', 'partner · Paid other'],
  ['', '?utm_source=partner&utm_medium=banner', 'partner · Display'],
  ['', '?utm_source=partner&utm_medium=affiliate', 'partner · Affiliates'],
  ['', '?utm_source=partner&utm_medium=social', 'partner · Organic social'],
  ['', '?utm_source=partner&utm_medium=organic', 'partner · Organic search'],
  ['', '?utm_source=partner&utm_medium=referral', 'partner · Referral'],
  ['', '?utm_source=partner&utm_medium=sms', 'partner · SMS'],
  ['', '?utm_source=partner&utm_medium=web-push', 'partner · Push notifications'],
  ['', '?utm_source=partner&utm_medium=podcast', 'partner · Audio'],
  ['', '?utm_source=partner&utm_campaign=spring-shop', 'partner · Organic shopping'],
  ['', '?utm_source=partner&utm_campaign=workshop', 'partner · Campaign'],
  ['', '?utm_source=partner', 'partner · Campaign'],
  ['', '?utm_source=www.partner.example', 'partner.example · Campaign'],
  ['', '?utm_source=facebook&utm_medium=email', 'Facebook · Email'],
  ['', '?utm_source=newsletter', 'Newsletter · Email'],
  ['', '?utm_source=chatgpt.com', 'ChatGPT · AI assistants'],
  ['https://www.google.com/', '?utm_source=newsletter&utm_medium=email', 'Newsletter · Email'],
  ['https://www.google.com/', '?utm_medium=cpc', 'Google · Paid search'],
  ['', '?utm_medium=email', 'Unknown · Email'],
  ['', '?utm_campaign=spring', 'Unknown · Campaign'],
  ['', '?utm_source=(direct)&utm_medium=(none)', 'Direct · Direct'],
  ['', '?ref=producthunt', 'Product Hunt · Organic social'],
  ['', '?ref=producthunt.com', 'Product Hunt · Organic social'],
  ['', '?source=hn', 'Hacker News · Organic social'],
  ['', '?utm_source=a&source=b&ref=c', 'a · Campaign'],
  ['', '?page=2', 'Direct · Direct'],
  ['https://www.google.com/', '?gclid=abc', 'Google · Paid search'],
  ['', '?gclid=abc', 'Google · Paid search'],
  ['https://www.youtube.com/', '?gclid=abc', 'YouTube · Paid video'],
  ['https://paper.example/', '?gclid=abc', 'Google · Paid search'],
  ['', '?msclkid=abc', 'Bing · Paid search'],
  ['', '?ttclid=abc', 'TikTok · Paid social'],
  ['', '?fbclid=abc', 'Facebook · Organic social'],
  ['https://paper.example/', '?fbclid=abc', 'paper.example · Referral'],
])('referrer %j, link %s: %s', (referrer, query, expected) => {
  expect(where(referrer, query)).toBe(expected);
});

test.each([
  ['https://www.some-blog.org/', 'some-blog.org'],
  ['https://some-blog.org/post/', 'some-blog.org/post/'],
  ['https://some-blog.org:8080/post?secret=1#x', 'some-blog.org/post'],
  ['https://jane:pw@some-blog.org/post', 'some-blog.org/post'],
  ['https://some-blog.org/u/jane%40example.com', 'some-blog.org/u/[email]'],
  ['https://chatgpt.com/c/550e8400-e29b-41d4-a716-446655440000', 'chatgpt.com/c/[id]'],
  [`https://some-blog.org/${'long/'.repeat(200)}`, `some-blog.org/${'long/'.repeat(200)}`.slice(0, 200)],
])('of %s is kept %s', (referrer, expected) => {
  expect(from(referrer).referrer).toBe(expected);
});

it('keeps what the owner wrote, as it is written, cut, and without what is typed into it', () => {
  const { utm_source, utm_medium, utm_campaign, utm_content, utm_term } = from(
    '',
    `?utm_source=News+Letter&utm_medium=E-Mail&utm_campaign=${'c'.repeat(30).replace(/ccc/g, 'c a ')}&utm_content=jane%40example.com&utm_term=${'an '.repeat(60)}`,
  );
  expect({ utm_source, utm_medium, utm_campaign, utm_content, utm_term }).toEqual({
    utm_source: 'News Letter',
    utm_medium: 'E-Mail',
    utm_campaign: 'c a c a c a c a c a c a c a c a c a c a',
    utm_content: '[email]',
    utm_term: 'an '.repeat(60).slice(0, 100),
  });
});

it('never keeps the value of a click id', () => {
  expect(
    JSON.stringify(from('https://www.google.com/x', '?gclid=Cj0KCQ_secret&utm_campaign=x&fbclid=secret2')),
  ).not.toContain('secret');
});
