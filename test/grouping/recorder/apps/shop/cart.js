import { formatMoney } from '../lib/money.js';
import { facts, onClick, show } from '../lib/page.js';

class Cart {
  constructor(lines) {
    this.lines = lines;
  }

  count() {
    return this.lines.length;
  }

  total() {
    return this.lines.reduce((sum, line) => sum + line.price.amount * line.count, 0);
  }

  render() {
    show(`${this.count()} articles, ${formatMoney(this.total(), 'EUR')}`);
  }
}

export const mountCart = () => {
  const cart = new Cart([
    { sku: facts.sku, price: { amount: 250 }, count: 2 },
    { sku: 'tart', count: 1 },
  ]);
  onClick('cart-total', () => cart.render());
  onClick('money-unit-cart', () => {
    const basket = [{ amount: 300, currency: 'GBP' }];
    show(basket.map(({ amount, currency }) => formatMoney(amount, currency)).join(', '));
  });
};
