import { show } from '../lib/page.js';

const reviews = [{ stars: 5, author: { name: 'Ada' } }, { stars: 4 }];

const signature = ({ stars, author }) => `${'*'.repeat(stars)} ${author.name}`;

export function showReviews() {
  const list = reviews.map((review) => signature(review));
  show(list.join('\n'));
}
