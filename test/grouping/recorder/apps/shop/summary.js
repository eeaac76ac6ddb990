import { facts, onClick, show } from '../lib/page.js';

const row = (line) => `${line.name}: ${line.price.amount}`;

export function renderSummary(order) {
  const rows = order.lines.map(row);
  rows.unshift(`Order ${order.id}`);
  show(rows.join('\n'));
}

const contact = (order) => {
  const { mail, phone } = order.customer.contact;
  return mail ?? phone;
};

export const mountSummary = () => {
  const order = { id: facts.order, lines: [{ name: 'Roll' }], customer: {} };
  onClick('summary-price', () => renderSummary(order));
  onClick('summary-contact', () => show(contact(order)));
};
