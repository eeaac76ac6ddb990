/** What the intake is measured against: Hono on the same server that parses the body and does nothing else. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono().post('/in', async (c) => {
  JSON.parse(await c.req.text());
  return c.body(null, 202);
});
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
