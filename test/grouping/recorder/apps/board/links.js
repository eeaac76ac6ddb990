import { facts, onClick, show } from '../lib/page.js';

const titleOf = (path) => decodeURIComponent(path).split('/').pop();

const hostOf = (link) => new URL(link).host;

export const mountLinks = () => {
  onClick('link-decode', () => show(titleOf(`/boards/100%/${facts.user}`)));
  onClick('link-host', () => show(hostOf(`//cards/${facts.order}`)));
};
