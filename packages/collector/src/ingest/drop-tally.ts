import type { Site } from '../sites/site.ts';
import { NOTHING, type Row } from '../store/row.ts';
import { zone } from '../zone.ts';
import type { DropReason } from './drop.ts';

interface Entry {
  readonly site: Site;
  readonly reason: DropReason;
  readonly at: number;
  count: number;
}

/** Counts what was dropped, by site, local day and reason, until the counts are stored as rows. */
export class DropTally {
  #entries = new Map<string, Entry>();

  note(site: Site, reason: DropReason, count: number, at: number): void {
    const key = `${site.id} ${zone(site.timezone).day(at)} ${reason}`;
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#entries.set(key, { site, reason, at, count });
    else entry.count += count;
  }

  /** The rows of what was noted since the last time. */
  drain(): Row[] {
    const entries = this.#entries;
    this.#entries = new Map();
    return [...entries.values()].map(dropRow);
  }
}

const dropRow = ({ site, reason, at, count }: Entry): Row => {
  const local = zone(site.timezone);
  const day = local.day(at);
  return {
    ...NOTHING,
    ...NO_TEXTS,
    site: site.id,
    ts: Math.floor(at / 1000),
    day,
    hour: local.hourStart(at),
    visit: '0',
    step: 0,
    kind: 'drop',
    name: reason,
    props: {},
    first_visit: 0,
    events: count,
    hit_until: day,
    log_until: day,
  };
};

const NO_TEXTS = {
  hostname: '',
  page: '',
  title: '',
  prev_page: '',
  fingerprint: '',
  severity: '',
  message: '',
  stack: '',
  release: '',
  entry_page: '',
  source: '',
  channel: '',
  referrer: '',
  utm_source: '',
  utm_medium: '',
  utm_campaign: '',
  utm_content: '',
  utm_term: '',
  browser: '',
  browser_version: '',
  os: '',
  os_version: '',
  device: '',
  screen: '',
  language: '',
  country: '',
};
