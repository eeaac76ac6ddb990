import type { Sites } from './sites.ts';

/** Site of the pages under `/demo`. */
export const DEMO_DOMAIN = 'demo';

/** Registers the site of the demo pages if it is not there yet. */
export const addDemoSite = async (sites: Sites, timezone: string): Promise<void> => {
  if (sites.find(DEMO_DOMAIN) === undefined) await sites.add({ domain: DEMO_DOMAIN, name: 'Demo', timezone });
};
