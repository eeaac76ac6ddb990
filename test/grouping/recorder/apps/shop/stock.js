import { getJson } from '../lib/http.js';
import { invariant } from '../lib/invariant.js';
import { facts, onClick, show } from '../lib/page.js';

const checkStock = ({ sku, left }) => {
  invariant(left >= 0, `Stock of article ${sku} is ${left}`);
  show(`${left} left`);
};

class Warehouse {
  constructor(place) {
    this.place = place;
  }

  async refresh() {
    const shelves = await getJson(`/api/gone?place=${this.place}`);
    show(`${shelves.length} shelves`);
  }
}

export const mountStock = () => {
  const warehouse = new Warehouse(facts.user);
  onClick('stock-negative', () => checkStock({ sku: facts.sku, left: -facts.small }));
  onClick('stock-offline', () => warehouse.refresh());
};
