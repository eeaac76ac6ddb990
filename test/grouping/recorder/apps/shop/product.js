import { formatMoney } from '../lib/money.js';
import { facts, onClick, show } from '../lib/page.js';

const priceTag = (product) => {
  const price = formatMoney(product.amount, product.currency);
  return `${product.name}: ${price}`;
};

const viewed = (product) => {
  legacyTracker.push({ seen: product.name, at: Date.now() });
};

const deliveryDay = (product) => {
  const day = new Date(product.arrives);
  return day.toISOString().slice(0, 10);
};

export const mountProduct = () => {
  const product = { name: 'Rye bread', amount: 420, currency: 'SEK', arrives: facts.arrives };
  onClick('money-unit-product', () => show(priceTag(product)));
  onClick('tracker-missing', () => viewed(product));
  onClick('delivery-date', () => show(deliveryDay(product)));
};
