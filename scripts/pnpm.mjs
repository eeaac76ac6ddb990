/** `node scripts/pnpm.mjs ARGUMENTS`: pnpm in the version that package.json names, also where npm alone is installed. */
import { pnpm } from './lib.mjs';

const { code } = await pnpm(process.argv.slice(2), { loud: true });
process.exitCode = code;
