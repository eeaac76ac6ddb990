import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { mayOn } from '../../accounts/caller.ts';
import { EVERYWHERE } from '../../accounts/role.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Access } from '../access.ts';

/** What {@link healthRoutes} need. */
export interface HealthRoutesDeps {
  readonly access: Access;
  readonly metrics: Pick<Metrics, 'text' | 'contentType' | 'turnedDown'>;
  /** Whether the store answers. */
  readonly isReady: () => Promise<boolean>;
  /** Whether there are sites to count for, and room for their hits. */
  readonly takesBeacons: () => boolean;
  /** The collector ends: nobody new is to come. */
  readonly isEnding: () => boolean;
}

/** For whoever looks after the process: whether it lives, whether it takes beacons, what it measures of itself. */
export const healthRoutes = ({ access, metrics, isReady, takesBeacons, isEnding }: HealthRoutesDeps) =>
  new Hono()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    // Ready means: takes beacons. The store is shared: were it asked, all collectors would leave the balancer at once.
    .get('/readyz', async (c) => {
      const store = (await isReady()) ? 'ready' : 'down';
      if (isEnding()) return c.json({ status: 'ending', store }, 503);
      return takesBeacons() ? c.json({ status: 'ok', store }) : c.json({ status: 'busy', store }, 503);
    })
    .get('/metrics', async (c) => {
      const caller = access.callerOf(c);
      if (caller === undefined || caller.kind === 'account')
        throw new HTTPException(401, { message: 'send a token as Authorization: Bearer' });
      if (!mayOn(caller, EVERYWHERE, 'viewer')) throw new HTTPException(403, { message: 'send a token for all sites' });
      return c.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
    });
