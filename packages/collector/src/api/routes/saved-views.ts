import { Hono } from 'hono';
import { z } from 'zod';
import { newSavedView, type SavedViews } from '../../sites/saved-views.ts';
import type { Endpoint } from '../endpoint.ts';

/** What {@link viewRoutes} need. */
export interface ViewRoutesDeps {
  readonly endpoint: Endpoint;
  readonly views: SavedViews;
}

const savedView = z.strictObject({ id: z.string(), name: z.string(), search: z.string() }).meta({ id: 'SavedView' });

/** Views of the dashboard that are kept under a name, for all who may see the site. */
export const viewRoutes = ({ endpoint, views }: ViewRoutesDeps) =>
  new Hono()
    .get(
      '/sites/:domain/views',
      endpoint({
        tag: 'Statistics',
        permission: 'viewer',
        summary: 'Lists the views of the dashboard that were saved by name',
        answers: { 200: z.strictObject({ views: z.array(savedView) }) },
        example: {},
      }),
      (c) => c.json({ views: views.of(c.var.site.id) }),
    )
    .post(
      '/sites/:domain/views',
      endpoint({
        tag: 'Statistics',
        permission: 'editor',
        summary: 'Saves a view of the dashboard',
        body: newSavedView,
        answers: { 201: savedView, 409: 'The name is taken, or there are a hundred.' },
        example: { body: { name: 'Phones in Germany', search: '?device=mobile&country=DE' } },
      }),
      async (c) => c.json(await views.add(c.var.site.id, c.req.valid('json')), 201),
    )
    .delete(
      '/sites/:domain/views/:id',
      endpoint({
        tag: 'Statistics',
        permission: 'editor',
        summary: 'Forgets a saved view',
        answers: { 204: null },
        example: {},
      }),
      async (c) => {
        await views.remove(c.var.site.id, c.req.param('id'));
        return c.body(null, 204);
      },
    );
