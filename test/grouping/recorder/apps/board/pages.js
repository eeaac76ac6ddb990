import { onClick, show } from '../lib/page.js';

function* pagesFrom(page) {
  for (let at = page; at.number < 9; at = at.next) yield at.number;
}

export const mountPages = () => {
  onClick('pages-next', () => {
    const first = { number: 1, next: { number: 2, next: null } };
    show([...pagesFrom(first)].join(' '));
  });
};
