import { Hono } from 'hono';
import { validator } from 'hono/validator';
import { type Asker, type Asking, accountOf } from '../../query/admission/asker.ts';
import type { LiveHub, LiveListener } from '../../query/live/hub.ts';
import type { Overview } from '../../query/overview/overview.ts';
import { type OverviewRange, parseOverviewRange } from '../../query/overview/parse.ts';
import type { Site } from '../../sites/site.ts';
import type { Sites } from '../../sites/site-store.ts';
import { type Access, type Caller, mayOn } from '../access.ts';

/** What the routes need. */
export interface StatisticsRoutesDeps {
  readonly access: Access;
  readonly sites: Sites;
  readonly live: LiveHub;
  readonly asking: Asking;
  readonly askOverview: (sites: readonly Site[], range: OverviewRange, asker: Asker) => Promise<Overview>;
}

/** How long a browser waits before it asks again, in milliseconds: the messages end every minute. */
const RETRY = 'retry: 1000\n\n';

/** All sites in one view, and what is happening on one of them. */
export const statisticsRoutes = ({ access, asking, sites, live, askOverview }: StatisticsRoutesDeps) =>
  new Hono<{ Variables: { caller: Caller } }>()
    .get(
      '/overview',
      access.account,
      asking,
      validator('query', (value) => parseOverviewRange(value)),
      async (c) => {
        const visible = sites.all().filter(({ id }) => mayOn(c.var.caller, id, 'viewer'));
        return c.json(await askOverview(visible, c.req.valid('query'), c.var.asker));
      },
    )
    .get('/sites/:domain/live', access.site('viewer'), (c) => {
      c.header('content-type', 'text/event-stream');
      // For nginx, which would wait for more: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
      c.header('x-accel-buffering', 'no');
      // Nobody reads what HEAD asks for: it would keep a place that nobody leaves.
      if (c.req.method === 'HEAD') return c.body(null);
      const listener = live.listen(c.var.site, accountOf(c.var.caller));
      const mayStay = (): boolean => {
        const caller = access.callerOf(c);
        return caller !== undefined && mayOn(caller, c.var.site.id, 'viewer');
      };
      return c.body(streamOf(listener, mayStay));
    });

const encoder = new TextEncoder();

/** What a listener hears, until it leaves or may not stay. */
const streamOf = ({ next, leave }: LiveListener, mayStay: () => boolean): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(RETRY)),
    async pull(controller) {
      const message = await next();
      if (message !== undefined && mayStay()) return controller.enqueue(encoder.encode(message));
      leave();
      controller.close();
    },
    cancel: leave,
  });
