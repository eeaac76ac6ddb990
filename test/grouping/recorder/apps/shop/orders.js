import { getJson, HttpError } from '../lib/http.js';
import { facts, onClick, show } from '../lib/page.js';

const known = new Map();

async function loadOrder(id) {
  if (known.has(id)) return known.get(id);
  const order = await getJson(`/api/orders/${id}`);
  known.set(id, order);
  return order;
}

async function openOrder(id) {
  try {
    const order = await loadOrder(id);
    show(order.title);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) show('There is no such order');
    else throw error;
  }
}

async function repeatOrder(id) {
  await null;
  const order = known.get(id);
  show(order.lines.length);
}

export const mountOrders = () => {
  onClick('order-unavailable', () => openOrder(facts.order));
  onClick('order-repeat', async () => {
    await repeatOrder(facts.order);
  });
};
