import { site as siteShape } from '../sites/site.ts';
import type { Ask } from './patient.ts';

/** What checks need of a site. */
export interface SiteFacts {
  readonly id: string;
  readonly domain: string;
  readonly timezone: string;
  readonly hitsDays: number;
  readonly logsDays: number;
  readonly sumsDays: number;
}

/** The sites as they are stored; one that cannot be read is left out: see `documents.ts`. */
export const sitesOf = async (ask: Ask): Promise<SiteFacts[]> => {
  const rows = await ask<{ body: string }>(
    "SELECT body FROM config FINAL WHERE kind = 'site' AND deleted = 0 ORDER BY id",
  );
  return rows.flatMap(({ body }) => {
    try {
      return [siteShape.parse(JSON.parse(body))];
    } catch {
      return [];
    }
  });
};

/** The same; null: they cannot be read. */
export const sitesIfKnown = (ask: Ask): Promise<SiteFacts[] | null> => sitesOf(ask).catch(() => null);

/** What a site is called by. */
export const namesOf = (sites: readonly SiteFacts[] | null): ((id: string) => string) => {
  const names = new Map(sites?.map(({ id, domain }) => [id, domain]));
  return (id) => names.get(id) ?? id;
};
