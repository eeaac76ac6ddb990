import { describe, expect, it, test } from 'vitest';
import { trafficOrigin } from './origin.ts';

const where = (query: string, referrer = ''): string => {
  const { source, channel } = trafficOrigin({
    url: new URL(`https://bakery.example/${query}`),
    referrer: referrer === '' ? null : new URL(referrer),
    site: { domain: 'bakery.example', aliases: [] },
  });
  return `${source} · ${channel}`;
};

describe('names that say it was paid for', () => {
  test.each([
    ['?utm_source=google-ads', 'Google · Paid search'],
    ['?utm_source=GoogleAds&utm_medium=', 'Google · Paid search'],
    ['?utm_source=bing_ads', 'Bing · Paid search'],
    ['?utm_source=linkedin-ads', 'LinkedIn · Paid social'],
    ['?utm_source=instagram_ads&utm_medium=social', 'Instagram · Paid social'],
    ['?utm_source=youtubeads', 'YouTube · Paid video'],
    ['?utm_source=amazon+ads', 'Amazon · Paid shopping'],
    ['?utm_source=Instagram_Stories&utm_medium=paid', 'Instagram · Paid social'],
    ['?utm_source=Facebook_Right_Column&utm_medium=cpc', 'Facebook · Paid social'],
    ['?utm_source=ig&utm_medium=paidsocial', 'Instagram · Paid social'],
    ['?utm_source=reddit&utm_medium=ads', 'Reddit · Paid social'],
    ['?utm_source=outbrain', 'Outbrain · Paid other'],
    ['?utm_source=dv360&utm_medium=cpm', 'Google · Display'],
    ['?utm_source=gdn&utm_medium=cpc', 'Google · Display'],
    ['?utm_source=google-display&utm_medium=paid', 'Google · Display'],
    ['?utm_source=taboola&utm_medium=referral', 'Taboola · Paid other'],
    ['?utm_source=bakers-guild&utm_medium=retargeting', 'bakers-guild · Paid other'],
    ['?utm_source=bakers-guild&utm_medium=paid-email', 'bakers-guild · Paid other'],
    ['?utm_source=google&utm_campaign=cross-network-1', 'Google · Cross-network'],
    ['?utm_source=bing&utm_medium=cross-network', 'Bing · Cross-network'],
  ])('%s: %s', (query, expected) => {
    expect(where(query)).toBe(expected);
  });

  test.each([
    ['https://googleads.g.doubleclick.net/pagead/x', 'Google · Paid search'],
    ['https://tpc.googlesyndication.com/', 'Google · Display'],
    ['https://an.yandex.ru/', 'Yandex · Paid search'],
    ['https://trc.taboola.com/', 'Taboola · Paid other'],
    ['https://www.awin1.com/cread.php', 'Awin · Affiliates'],
  ])('the referrer %s: %s', (referrer, expected) => {
    expect(where('', referrer)).toBe(expected);
  });
});

describe('a medium that says less than the source', () => {
  test.each([
    ['?utm_source=linkedin&utm_medium=organic', 'LinkedIn · Organic social'],
    ['?utm_source=youtube&utm_medium=organic', 'YouTube · Organic video'],
    ['?utm_source=etsy&utm_medium=referral', 'Etsy · Organic shopping'],
    ['?utm_source=perplexity.ai&utm_medium=referral', 'Perplexity · AI assistants'],
    ['?utm_source=mailchimp&utm_medium=link', 'Mailchimp · Email'],
    ['?utm_source=ecosia&utm_medium=referral', 'Ecosia · Organic search'],
    ['?utm_source=tiktok&utm_medium=video', 'TikTok · Organic social'],
    ['?utm_source=instagram&utm_medium=mobile', 'Instagram · Organic social'],
    ['?utm_source=bakers-guild&utm_medium=organic', 'bakers-guild · Organic search'],
    ['?utm_source=bakers-guild&utm_medium=referral', 'bakers-guild · Referral'],
    ['?utm_source=wikipedia&utm_medium=referral', 'Wikipedia · Referral'],
    ['?utm_source=bakers-guild&utm_medium=my-mobile', 'bakers-guild · Push notifications'],
  ])('%s: %s', (query, expected) => {
    expect(where(query)).toBe(expected);
  });
});

describe('a medium that says more than the source', () => {
  test.each([
    ['?utm_source=amazon&utm_medium=affiliate', 'Amazon · Affiliates'],
    ['?utm_source=google&utm_medium=email', 'Google · Email'],
    ['?utm_source=facebook&utm_medium=display', 'Facebook · Display'],
    ['?utm_source=youtube&utm_medium=social', 'YouTube · Organic social'],
    ['?utm_medium=organic_social', 'Unknown · Organic social'],
    ['?utm_medium=social-media', 'Unknown · Organic social'],
    ['?utm_medium=weekly+newsletter', 'Unknown · Email'],
    ['?utm_medium=e-mail-marketing', 'Unknown · Email'],
    ['?utm_medium=web_push', 'Unknown · Push notifications'],
    ['?utm_medium=affiliates', 'Unknown · Affiliates'],
  ])('%s: %s', (query, expected) => {
    expect(where(query)).toBe(expected);
  });

  it('is not believed where the link was passed on', () => {
    expect(where('?utm_source=linkedin&utm_medium=email', 'https://www.linkedin.com/')).toBe(
      'LinkedIn · Organic social',
    );
    expect(where('?utm_source=linkedin&utm_medium=email', 'https://mail.google.com/')).toBe('LinkedIn · Email');
    expect(where('?utm_source=gmail&utm_medium=email', 'https://mail.google.com/')).toBe('Gmail · Email');
  });
});

test.each([
  ['?utm_source=spring_newsletter', 'spring_newsletter · Email'],
  ['?utm_source=Email-List-2', 'Email-List-2 · Email'],
  ['?utm_source=sms', 'sms · SMS'],
  ['?utm_source=web-push', 'web-push · Push notifications'],
  ['?utm_source=firebase', 'firebase · Push notifications'],
  ['?utm_source=beehiiv', 'beehiiv · Email'],
])('a source that says what it is, %s: %s', (query, expected) => {
  expect(where(query)).toBe(expected);
});

describe('click ids', () => {
  test.each([
    ['?gad_source=2', '', 'Google · Paid search'],
    ['?gbraid=x', 'https://www.google.pl/', 'Google · Paid search'],
    ['?sccid=x', '', 'Snapchat · Paid social'],
    ['?epik=x', 'https://www.pinterest.de/', 'Pinterest · Paid social'],
    ['?rdt_cid=x', 'https://www.reddit.com/', 'Reddit · Paid social'],
    ['?tblci=x', 'https://www.msn.com/', 'Taboola · Paid other'],
    ['?dicbo=x', 'https://paper.example/', 'Outbrain · Paid other'],
    ['?irclickid=x', '', 'Impact · Affiliates'],
    ['?awc=x', 'https://www.instagram.com/', 'Instagram · Affiliates'],
    ['?cjevent=x', 'https://coupons.example/', 'CJ · Affiliates'],
    ['?mc_eid=x', '', 'Mailchimp · Email'],
    ['?_hsmi=x', '', 'HubSpot · Email'],
    ['?igsh=x', '', 'Instagram · Organic social'],
    ['?ysclid=x', '', 'Yandex · Organic search'],
    ['?mkt_tok=x', 'https://paper.example/', 'paper.example · Referral'],
    ['?fbclid=x&gclid=y', '', 'Google · Paid search'],
    // Where the network has no advertisements the link was passed on.
    ['?gclid=x', 'https://duckduckgo.com/', 'DuckDuckGo · Organic search'],
    ['?gclid=x&fbclid=y', 'https://m.facebook.com/', 'Facebook · Organic social'],
    ['?gclid=x', 'https://chatgpt.com/', 'ChatGPT · AI assistants'],
    ['?ttclid=x', 'https://www.google.com/', 'Google · Organic search'],
    ['?msclkid=x', 'https://www.google.com/', 'Google · Organic search'],
    ['?msclkid=x', 'https://www.ecosia.org/', 'Ecosia · Paid search'],
    ['?gclid=x', 'https://www.startpage.com/', 'Startpage · Paid search'],
  ])('%s from %j: %s', (query, referrer, expected) => {
    expect(where(query, referrer)).toBe(expected);
  });
});

test.each([
  ['?gclid=', 'Direct · Direct'],
  ['?msclkid=&fbclid=', 'Direct · Direct'],
  ['?utm_source=+&utm_medium=&utm_campaign=', 'Direct · Direct'],
  ['?utm_source=&utm_source=bakers-guild', 'bakers-guild · Campaign'],
  ['?ref=&source=bakers-guild', 'bakers-guild · Referral'],
  ['?UTM_Source=Bing&UTM_Medium=CPC', 'Bing · Paid search'],
  ['?Ref=12', 'Direct · Direct'],
  ['?x=1&amp;utm_source=fb&amp;utm_medium=cpc', 'Facebook · Paid social'],
  ['?mtm_source=hn&mtm_medium=social', 'Hacker News · Organic social'],
  ['?pk_campaign=rye', 'Unknown · Campaign'],
  ['?utm_id=7', 'Unknown · Campaign'],
  ['?utm_id=', 'Direct · Direct'],
])('parameters as people write them, %s: %s', (query, expected) => {
  expect(where(query)).toBe(expected);
});
