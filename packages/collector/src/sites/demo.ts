import { StaleError } from '../store/collection.ts';
import { DomainTakenError, type Sites } from './site-store.ts';

/** Site of the pages under `/demo`. */
export const DEMO_DOMAIN = 'demo';
/** The same at every collector, so that there is one of it. */
const DEMO_ID = 'demo';

/** Registers the site of the demo pages if it is not there yet. */
export const addDemoSite = async (sites: Sites, timezone: string): Promise<void> => {
  try {
    if (sites.find(DEMO_DOMAIN) === undefined)
      await sites.add({ domain: DEMO_DOMAIN, name: 'Demo', timezone }, DEMO_ID);
  } catch (error) {
    // Another collector that starts at the same time was faster.
    if (!(error instanceof DomainTakenError || error instanceof StaleError)) throw error;
  }
};
