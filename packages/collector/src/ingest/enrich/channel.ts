import type { SourceKind } from './sources.ts';

/** What a visit's channel depends on. Texts are compared without regard to case. */
export interface Traffic {
  /** Kind of the source; null: there is none, or only the owner's own word for it. */
  readonly kind: SourceKind | null;
  /** `utm_medium`; empty if there is none. */
  readonly medium: string;
  /** `utm_campaign`; empty if there is none. */
  readonly campaign: string;
  /** The link has a parameter that only paid links have. */
  readonly paidClick: boolean;
  /** The link has parameters of a campaign. */
  readonly tagged: boolean;
}

/** Mediums that say how a visit came about, whatever its source. The first that fits counts. */
const MEDIUMS: readonly (readonly [channel: string, medium: RegExp])[] = [
  ['Display', /^(?:display|banner|expandable|interstitial|cpm)$/],
  ['Email', /^(?:e[-_ ]?mail|newsletter)$/],
  ['Affiliates', /^affiliates?$/],
  ['SMS', /^sms$/],
  ['Push notifications', /push$|notification/],
  ['Audio', /^(?:audio|podcast)$/],
  ['AI assistants', /^(?:ai|llm|ai[-_ ]?(?:assistant|chat|chatbot))$/],
  ['Organic social', /^(?:social|social[-_ ]?(?:network|media)|sm)$/],
  ['Organic video', /video/],
  ['Organic search', /^(?:organic|search)$/],
  ['Referral', /^(?:referral|app|link)$/],
];

const PAID_MEDIUM = /cp|^ppc$|^paid|^retargeting$/;
const SHOPPING_CAMPAIGN = /(?:^|[^a-df-z])shop|shopping/;

const PAID: Readonly<Partial<Record<SourceKind, string>>> = {
  search: 'Paid search',
  social: 'Paid social',
  video: 'Paid video',
  shopping: 'Paid shopping',
};

const UNPAID: Readonly<Record<SourceKind, string>> = {
  search: 'Organic search',
  social: 'Organic social',
  video: 'Organic video',
  shopping: 'Organic shopping',
  ai: 'AI assistants',
  email: 'Email',
  site: 'Referral',
};

/**
 * The channel of a visit, by the rules of docs/sources.md. They follow Google Analytics' default channel group
 * (https://support.google.com/analytics/answer/9756891), but that a medium the owner wrote counts more than what is
 * known of the source.
 */
export const channelOf = (traffic: Traffic): string => {
  const medium = traffic.medium.toLowerCase();
  const paid = traffic.paidClick || PAID_MEDIUM.test(medium);
  const shopping = traffic.kind === 'shopping' || SHOPPING_CAMPAIGN.test(traffic.campaign.toLowerCase());
  if (paid && shopping) return 'Paid shopping';
  const byKind = traffic.kind === null ? undefined : (paid ? PAID : UNPAID)[traffic.kind];
  if (paid && byKind !== undefined) return byKind;
  const byMedium = medium === '' ? undefined : MEDIUMS.find(([, pattern]) => pattern.test(medium))?.[0];
  if (byMedium !== undefined) return byMedium;
  if (paid) return 'Paid other';
  if (shopping) return 'Organic shopping';
  return byKind ?? (traffic.tagged ? 'Campaign' : 'Direct');
};
