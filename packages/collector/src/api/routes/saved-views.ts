import { Hono } from 'hono';
import { body } from '../../http/json-body.ts';
import { newSavedView, type SavedViews } from '../../sites/saved-views.ts';
import type { Access } from '../access.ts';

/** Views of the dashboard that are kept under a name, for all who may see the site. */
export const viewRoutes = (views: SavedViews, access: Access) =>
  new Hono()
    .get('/:domain/views', access.site('viewer'), (c) => c.json({ views: views.of(c.var.site.id) }))
    .post('/:domain/views', access.site('editor'), body(newSavedView), async (c) =>
      c.json(await views.add(c.var.site.id, c.req.valid('json')), 201),
    )
    .delete('/:domain/views/:id', access.site('editor'), async (c) => {
      await views.remove(c.var.site.id, c.req.param('id'));
      return c.body(null, 204);
    });
