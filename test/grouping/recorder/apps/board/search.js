import { getJson } from '../lib/http.js';
import { facts, onClick, show } from '../lib/page.js';

const fromMirrors = (words) => Promise.any([1, 2].map((mirror) => getJson(`/api/mirrors/${mirror}?words=${words}`)));

class Search {
  constructor(limit) {
    this.limit = limit;
  }

  async find(words) {
    const signal = AbortSignal.timeout(this.limit);
    const answer = await fetch(`/api/slow?words=${words}`, { signal });
    show(await answer.text());
  }

  async page(number) {
    const found = await getJson(`/api/found?page=${number}`);
    show(found.hits.map((hit) => hit.card.title).join(', '));
  }
}

export const mountSearch = () => {
  const search = new Search(30);
  onClick('mirrors-any', async () => show(await fromMirrors(facts.code)));
  onClick('search-slow', () => search.find(facts.code));
  onClick('search-hit', () => search.page(facts.small));
};
