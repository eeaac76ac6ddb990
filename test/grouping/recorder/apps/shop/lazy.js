import { onClick } from '../lib/page.js';

export const mountLazy = () => {
  onClick('review-author', async () => {
    const { showReviews } = await import('./reviews.js');
    showReviews();
  });
  onClick('map-chunk', async () => {
    const { showMap } = await import('./map.js');
    showMap();
  });
};
