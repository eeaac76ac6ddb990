import { facts, onClick, show } from '../lib/page.js';

const keep = (key, value) => {
  localStorage.setItem(`cache-${key}`, JSON.stringify(value));
};

const remember = (card) => {
  history.pushState({ card, undo: () => show(card) }, '', `?card=${card}`);
};

export const mountCache = () => {
  onClick('cache-quota', () => keep(facts.code, 'x'.repeat(6e6)));
  onClick('history-clone', () => remember(facts.small));
};
