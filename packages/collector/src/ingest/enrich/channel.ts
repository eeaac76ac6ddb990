import type { SourceKind } from './sources.ts';

/** What a visit's channel depends on. Texts are compared without regard to case. */
export interface Traffic {
  /** Kind of the source; null: there is none, or only the owner's own word for it. */
  readonly kind: SourceKind | null;
  /** `utm_source`; empty if there is none. */
  readonly written: string;
  /** `utm_medium`; empty if there is none. */
  readonly medium: string;
  /** `utm_campaign`; empty if there is none. */
  readonly campaign: string;
  /** The link has a parameter that only paid links have, or its source is known by what only they have. */
  readonly paid: boolean;
  /** The referrer is of the source that the link names. */
  readonly confirmed: boolean;
  /** The link has parameters of a campaign. */
  readonly tagged: boolean;
}

/** All channels there are. */
export const CHANNELS = [
  'Direct',
  'Campaign',
  'Referral',
  'Email',
  'Affiliates',
  'SMS',
  'Push notifications',
  'Audio',
  'AI assistants',
  'Organic search',
  'Organic social',
  'Organic video',
  'Organic shopping',
  'Paid search',
  'Paid social',
  'Paid video',
  'Paid shopping',
  'Paid other',
  'Display',
  'Cross-network',
] as const;

/** One of {@link CHANNELS}. */
type Channel = (typeof CHANNELS)[number];

type Rules = readonly (readonly [channel: Channel, pattern: RegExp])[];

/** Words of Google Analytics, and those that owners write for the same. */
const PAID_MEDIUM = /cp|^ppc$|^paid|^retargeting$|^(?:ads?|adwords|sponsored|remarketing|sem)$/;
const CROSS_NETWORK = /cross-network/;
const SHOPPING_CAMPAIGN = /(?:^|[^a-df-z])shop|shopping/;
const DISPLAY = /^(?:display|banner|expandable|interstitial|cpm)$/;

/** Mediums by which a visit came to be, wherever its link stood: the owner knows. The first that fits counts. */
const SURE: Rules = [
  ['Email', /e[-_ ]?mail|newsletter|^(?:mail|mailing|edm)$/],
  ['Affiliates', /affiliat/],
  ['SMS', /^sms$/],
  ['Push notifications', /push$|notification/],
  ['Audio', /^(?:audio|podcast)$/],
  ['AI assistants', /^(?:ai|llm|ai[-_ ]?(?:assistant|chat|chatbot))$/],
];
/** Of these there is none whose link is clicked in a network or an engine, but one that was passed on. */
const SENT: ReadonlySet<Channel> = new Set(['Email', 'SMS', 'Push notifications']);

const SOCIAL_MEDIUM = /social|^smm?$/;
const VIDEO_MEDIUM = /video/;

/** Mediums that say less than what is known of the source. */
const WEAK: Rules = [
  ['Organic search', /^(?:organic|search)$/],
  ['Referral', /^(?:referral|app|link)$/],
  ['Push notifications', /mobile/],
];

/** Sources that nobody knows but that say what they are. */
const NAMED: Rules = [
  ['Email', /e[-_ ]?mail|newsletter/],
  ['SMS', /^sms$/],
  ['Push notifications', /push$|^firebase$/],
];

const PAID: Readonly<Partial<Record<SourceKind, Channel>>> = {
  search: 'Paid search',
  social: 'Paid social',
  video: 'Paid video',
  shopping: 'Paid shopping',
  display: 'Display',
};

const UNPAID: Readonly<Record<SourceKind, Channel>> = {
  search: 'Organic search',
  social: 'Organic social',
  video: 'Organic video',
  shopping: 'Organic shopping',
  ai: 'AI assistants',
  email: 'Email',
  affiliate: 'Affiliates',
  ads: 'Paid other',
  display: 'Display',
  site: 'Referral',
};

/**
 * The channel of a visit, by the rules of docs/sources.md. They follow Google Analytics' default channel group
 * (https://support.google.com/analytics/answer/9756891), but that some mediums the owner wrote count more than what is
 * known of the source.
 */
export const channelOf = (traffic: Traffic): Channel => {
  const medium = traffic.medium.toLowerCase();
  const campaign = traffic.campaign.toLowerCase();
  const { kind } = traffic;
  if (CROSS_NETWORK.test(medium) || CROSS_NETWORK.test(campaign)) return 'Cross-network';
  const paidMedium = PAID_MEDIUM.test(medium);
  const shopping = kind === 'shopping' || SHOPPING_CAMPAIGN.test(campaign);
  if (paidMedium || traffic.paid) {
    const paid = shopping ? 'Paid shopping' : kind === null ? undefined : PAID[kind];
    if (paid !== undefined) return paid;
  }
  if (DISPLAY.test(medium)) return 'Display';
  if (paidMedium) return 'Paid other';
  const sure = first(SURE, medium);
  if (sure !== undefined && !(traffic.confirmed && SENT.has(sure))) return sure;
  if (traffic.paid && kind !== 'affiliate' && kind !== 'display') return 'Paid other';
  if (shopping) return 'Organic shopping';
  if (kind === 'social' || SOCIAL_MEDIUM.test(medium)) return 'Organic social';
  if (kind === 'video' || VIDEO_MEDIUM.test(medium)) return 'Organic video';
  return unranked(traffic, medium);
};

/** What is known of the source, else what the link says that is less. */
const unranked = ({ kind, written, tagged }: Traffic, medium: string): Channel => {
  if (kind !== null && kind !== 'site') return UNPAID[kind];
  const told = first(NAMED, written.toLowerCase()) ?? first(WEAK, medium);
  if (told !== undefined) return told;
  if (kind === 'site') return UNPAID.site;
  return tagged ? 'Campaign' : 'Direct';
};

const first = (rules: Rules, text: string): Channel | undefined =>
  text === '' ? undefined : rules.find(([, pattern]) => pattern.test(text))?.[0];
