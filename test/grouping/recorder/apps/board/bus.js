import mitt from 'mitt';
import { facts, onClick, show } from '../lib/page.js';

const bus = mitt();

const people = new Map();

bus.on('online', ({ person }) => {
  const known = people.get(person);
  known.seen.push(Date.now());
});

bus.on('theme', (theme) => {
  show(theme.colours.map(({ name }) => name).join(', '));
});

export const mountBus = () => {
  onClick('bus-online', () => bus.emit('online', { person: facts.user }));
  onClick('bus-theme', () => bus.emit('theme', { name: 'dark' }));
};
