/** A parameter that other systems add to links. */
export interface ClickId {
  readonly parameter: string;
  /** A name of the table of sources. */
  readonly source: string;
  /** The link was paid for. If not, it may be on any link: it is heard only where there is no referrer. */
  readonly paid: boolean;
}

/** Parameters of links that were paid for, by whom they were paid to. */
const PAID: Readonly<Record<string, string>> = {
  Google: 'gclid gbraid wbraid dclid gad_source gad_campaignid',
  Bing: 'msclkid',
  Yandex: 'yclid ymclid',
  Baidu: 'bd_vid',
  '360 Search': 'qhclickid',
  LinkedIn: 'li_fat_id',
  TikTok: 'ttclid',
  X: 'twclid',
  Reddit: 'rdt_cid',
  Pinterest: 'epik',
  Snapchat: 'ScCid',
  Quora: 'qclid',
  Nextdoor: 'ndclid',
  VK: 'rb_clickid',
  LINE: 'ldtag_cl',
  'Tencent Ads': 'gdt_vid qz_gdt',
  Taboola: 'tblci',
  Outbrain: 'dicbo obclid OutbrainClickId',
  Criteo: 'cto_pld',
  Awin: 'awc zanpid',
  CJ: 'cjevent',
  Impact: 'irclickid',
  'Rakuten Advertising': 'ranSiteID',
  ShareASale: 'sscid',
  Partnerize: 'clickref',
  Tradedoubler: 'tduid',
  Webgains: 'wgu',
  Admitad: 'admitad_uid',
};

/** Parameters that are on all links of someone, paid for or not. */
const UNPAID: Readonly<Record<string, string>> = {
  Google: 'srsltid',
  Yandex: 'ysclid',
  Facebook: 'fbclid',
  Instagram: 'igsh igshid',
  Mailchimp: 'mc_cid mc_eid',
  HubSpot: '_hsenc _hsmi',
  Klaviyo: '_kx',
  Marketo: 'mkt_tok',
  'Customer.io': '_cio_id',
  Drip: '__s',
  Kit: 'ck_subscriber_id',
  MailerLite: 'ml_subscriber ml_subscriber_hash',
  ActiveCampaign: 'vgo_ee',
  Eloqua: 'elqTrackId',
};

const read = (table: Readonly<Record<string, string>>, paid: boolean): readonly ClickId[] =>
  Object.entries(table).flatMap(([source, parameters]) =>
    parameters.split(' ').map((parameter) => ({ parameter, source, paid })),
  );

/**
 * Only that such a parameter has a value is looked at; the value, which stands for one person's click, is never kept.
 * Google's are told of in https://support.google.com/searchads/answer/7342044,
 * https://support.google.com/google-ads/answer/16297842 and https://support.google.com/google-ads/answer/11577203. The first
 * that a link has counts: what was paid for goes before what is on all links.
 */
export const CLICK_IDS: readonly ClickId[] = [...read(PAID, true), ...read(UNPAID, false)];
