import { onClick } from '../lib/page.js';

const tick = (node, left) => {
  node.parentNode.dataset.left = left;
  node.textContent = `${left} s`;
  if (left > 0) setTimeout(() => tick(node, left - 1), 20);
};

export const mountCountdown = () => {
  onClick('countdown-node', () => {
    const node = document.createElement('b');
    setTimeout(() => tick(node, 3), 5);
  });
  onClick('banner-timer', () => {
    const banner = document.querySelector('.banner');
    setTimeout(() => {
      banner.classList.add('late');
    }, 5);
  });
};
