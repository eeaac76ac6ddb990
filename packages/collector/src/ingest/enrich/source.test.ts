import { expect, test } from 'vitest';
import { nameOfTag, sourceOfHost, sourceOfTag } from './source.ts';

const told = (host: string): string => {
  const source = sourceOfHost(host);
  return source === undefined ? '-' : `${source.name} ${source.kind}`;
};

test.each([
  // Subdomains of houses that are several things.
  ['images.google.at', 'Google search'],
  ['cse.google.co.in', 'Google search'],
  ['scholar.google.de', 'Google search'],
  ['m.google.pl', 'Google search'],
  ['calendar.google.com', '-'],
  ['earth.google.com', '-'],
  ['images.yandex.kz', 'Yandex search'],
  ['mail.yandex.com', 'Yandex Mail email'],
  ['market.yandex.by', 'Yandex Market shopping'],
  ['music.yandex.ru', '-'],
  ['go.mail.ru', 'Mail.ru search'],
  ['foto.my.mail.ru', 'Mail.ru social'],
  ['e.mail.ru', 'Mail.ru email'],
  ['hi-tech.mail.ru', '-'],
  ['pan.baidu.com', 'Baidu Netdisk site'],
  ['jump2.tieba.baidu.com', 'Baidu Tieba social'],
  ['m.baidu.com', 'Baidu search'],
  ['m.post.naver.com', 'Naver social'],
  ['sports.naver.com', '-'],
  ['suche.gmx.at', 'GMX search'],
  ['navigator.gmx.net', 'GMX email'],
  ['suche.web.de', 'WEB.DE search'],
  ['zpravy.seznam.cz', '-'],
  ['fr.search.yahoo.com', 'Yahoo search'],
  ['sports.yahoo.com', '-'],
  ['aws.amazon.com', '-'],
  ['smile.amazon.co.uk', 'Amazon shopping'],
  // Engines and networks of one country.
  ['so.m.sm.cn', 'Shenma search'],
  ['m.so.com', '360 Search search'],
  ['service.smt.docomo.ne.jp', 'docomo search'],
  ['search.nifty.com', 'Nifty search'],
  ['search.zum.com', 'ZUM search'],
  ['lemoteur.orange.fr', 'Orange search'],
  ['szukaj.onet.pl', 'Onet search'],
  ['pesquisa.sapo.pt', 'SAPO search'],
  ['www.eniro.dk', 'Eniro search'],
  ['jane.tistory.com', '-'],
  ['www.dcard.tw', 'Dcard social'],
  ['www.pikabu.ru', 'Pikabu social'],
  ['www.akakce.com', 'Akakçe shopping'],
  // What a host says of itself.
  ['webmail.bakery.example', 'webmail.bakery.example email'],
  ['email.mg.bakery.example', 'email.mg.bakery.example email'],
  ['mail3.bakery.example', 'mail3.bakery.example email'],
  ['poczta.piekarnia.example', 'poczta.piekarnia.example email'],
  ['mail.rakuten.com', 'Rakuten email'],
  ['deref-bakery.example', 'deref-bakery.example email'],
  ['eur05.safelinks.protection.outlook.com', 'Outlook email'],
  ['webmail2-pro.bakery.example', 'webmail2-pro.bakery.example email'],
  ['links.email.bakery.example', 'links.email.bakery.example email'],
  ['news.mail.example', '-'],
  ['www.mail.co.uk', '-'],
  ['mail.example', '-'],
  ['mail.co.uk', '-'],
  ['blackmail.bakery.example', '-'],
  ['mail-order.bakery.example', '-'],
  ['suche.portal.example', 'suche.portal.example search'],
  ['buscador.portal.example', 'buscador.portal.example search'],
  ['research.university.example', '-'],
  ['recherche.university.example', '-'],
  ['search.example', '-'],
  ['mastodon.bakery.example', 'Mastodon social'],
  ['mstdn.bakery.example', 'Mastodon social'],
  ['lemmy.bakery.example', 'Lemmy social'],
  ['social.bakery.example', 'social.bakery.example social'],
  ['bakers.social', 'bakers.social social'],
  ['social.example', '-'],
  ['antisocial.bakery.example', '-'],
  ['peertube.bakery.example', 'PeerTube video'],
  ['searx.bakery.example', 'SearXNG search'],
  ['searxng.bakery.example', 'SearXNG search'],
  ['chat.bread-oracle.ai', 'chat.bread-oracle.ai ai'],
  ['chat.bakery.example', '-'],
  ['www.bread-oracle.ai', '-'],
  ['chat.ai', '-'],
  // Shops, forums and films of one country.
  ['olx.com.br', 'OLX shopping'],
  ['emag.hu', 'eMAG shopping'],
  ['bbs.hupu.com', 'Hupu social'],
  ['forum.gamer.com.tw', 'Bahamut social'],
  ['pann.nate.com', 'Nate Pann social'],
  ['twitcasting.tv', 'TwitCasting video'],
  ['www.notebooklm.google', 'NotebookLM ai'],
])('%s: %s', (host, expected) => {
  expect(told(host)).toBe(expected);
});

test.each([
  ['Tik Tok', 'TikTok'],
  ['tik.tok', 'TikTok'],
  ['LINKED-IN', 'LinkedIn'],
  ['stack_overflow', 'Stack Overflow'],
  ['Hacker News', 'Hacker News'],
  ['producthunt', 'Product Hunt'],
  ['WWW.Reddit.com', 'Reddit'],
  ['https://m.facebook.com/groups/x?y#z', 'Facebook'],
  ['//www.youtube.com', 'YouTube'],
  ['pinterest.com:443/pin/1', 'Pinterest'],
  ['android-app://com.twitter.android/', 'X'],
  ['com.reddit.frontpage', 'Reddit'],
  ['instagram_bio', 'Instagram'],
  ['whatsapp-group', 'WhatsApp'],
  ['google my business', 'Google'],
  ['facebook_instream_video', 'Facebook'],
])('as a tag %s is %s, and not paid for', (tag, name) => {
  expect(sourceOfTag(tag)).toMatchObject({ name, paid: false });
});

test.each([
  ['google_ads', 'Google'],
  ['Bing Ads', 'Bing'],
  ['ads-linkedin', 'LinkedIn'],
  ['redditads', 'Reddit'],
  ['tiktok_ad', 'TikTok'],
  ['paid-instagram', 'Instagram'],
  ['facebook_retargeting', 'Facebook'],
  ['pinterest.cpc', 'Pinterest'],
  ['snapads', 'Snapchat'],
  ['youtube_instream_ads', 'YouTube'],
  ['xads', 'X'],
  ['meta_ads_feed', 'Facebook'],
  ['gads', 'Google'],
  ['dv360', 'Google'],
  ['yandex-direct', 'Yandex'],
])('as a tag %s is %s, and paid for', (tag, name) => {
  expect(sourceOfTag(tag)).toMatchObject({ name, paid: true });
});

test.each([
  ['gmx', 'email'],
  ['GMX', 'email'],
  ['web.de', 'email'],
  ['mail.ru', 'email'],
  ['naver', 'search'],
  ['google', 'search'],
])('of several kinds, the tag %s means %s', (tag, kind) => {
  expect(sourceOfTag(tag)).toMatchObject({ kind });
});

test.each([
  'roads',
  'downloads',
  'beads',
  'salad',
  'partner ads',
  'ads',
  'feed',
  'bread/butter',
  'a'.repeat(100),
  ' ',
  '- -',
])('as a tag %j is nobody', (tag) => {
  expect(sourceOfTag(tag)).toBeUndefined();
});

test('hosts that nobody knows are called in one way, and words as they are written', () => {
  expect(['https://Www.Partner.example/x', 'WWW.partner.example', 'Spring Sale', 'News/Letter'].map(nameOfTag)).toEqual(
    ['partner.example', 'partner.example', 'Spring Sale', 'News/Letter'],
  );
});
