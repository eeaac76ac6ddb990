import { facts, onClick, show } from '../lib/page.js';

const readSaved = (key) => {
  const saved = localStorage.getItem(key);
  return saved ? JSON.parse(saved) : [];
};

const restore = () => {
  const lines = readSaved('cart');
  show(`${lines.length} saved`);
};

const suggest = async (words) => {
  const answer = await fetch(`/api/page?words=${words}`);
  const found = JSON.parse(await answer.text());
  show(found.join(', '));
};

export const mountStorage = () => {
  onClick('saved-cart-cut', () => {
    localStorage.setItem('cart', `[{"sku":"${facts.sku}","cou`);
    restore();
  });
  onClick('saved-cart-object', () => {
    localStorage.setItem('cart', { sku: facts.sku });
    restore();
  });
  onClick('suggest-html', () => suggest(facts.code));
  onClick('session-string', () => {
    throw `No session for ${facts.user}`;
  });
};
