import { z } from 'zod';
import { ApiError } from '../http/api-error.ts';
import { randomId } from '../lib/system.ts';
import type { Collection } from '../store/collection.ts';
import type { Documents } from '../store/documents.ts';

const MOST = 100;

/** What somebody says of a view when saving it. */
export const newSavedView = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Query of the dashboard's address: period, filters and what else it shows. */
  search: z
    .string()
    .max(2_000)
    .regex(/^[^\s#]*$/, 'must be the query of an address, such as period=28d&country=DE'),
});

const stored = z.object({ site: z.string(), ...newSavedView.shape });

/** A view of a site's statistics, kept under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly search: string;
}

/** The saved views of all sites. */
export class SavedViews {
  readonly #views: Collection<z.infer<typeof stored>>;
  readonly #newId: () => string;

  constructor(documents: Documents, newId: () => string = randomId) {
    this.#views = documents.collection('view', stored);
    this.#newId = newId;
  }

  /** Those of a site, by name. */
  of(site: string): SavedView[] {
    const own = this.#views.all().filter(({ body }) => body.site === site);
    return own
      .map(({ id, body: { name, search } }) => ({ id, name, search }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  /** @throws ApiError if the name is taken, or if there are too many */
  async add(site: string, { name, search }: z.output<typeof newSavedView>): Promise<SavedView> {
    const own = this.of(site);
    if (own.some((other) => other.name === name))
      throw new ApiError(409, 'name_taken', 'name', 'there is a view of this name');
    if (own.length >= MOST)
      throw new ApiError(409, 'quota_reached', 'name', `there are ${MOST} views: delete one first`);
    const { id } = await this.#views.put(this.#newId(), { site, name, search }, 0);
    return { id, name, search };
  }

  /** @throws ApiError if the site has no such view */
  async remove(site: string, id: string): Promise<void> {
    if (this.#views.get(id)?.body.site !== site) throw new ApiError(404, 'not_found', 'id', 'there is no such view');
    await this.#views.remove(id);
  }

  /** Deletes those of a site that goes. */
  async removeAll(site: string): Promise<void> {
    for (const { id } of this.of(site)) await this.#views.remove(id);
  }
}
