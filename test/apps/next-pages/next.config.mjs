import { join } from 'node:path';

// `__dirname` would be the copy that is built; packages are above it.
export default { output: 'export', turbopack: { root: join(import.meta.dirname, '../..') } };
