import { join } from 'node:path';

const { PASSERBY } = process.env;

export default {
  rewrites: () => [
    { source: '/p.js', destination: `${PASSERBY}/p.js` },
    { source: '/in', destination: `${PASSERBY}/in` },
  ],
  turbopack: { root: join(import.meta.dirname, '../..') },
};
