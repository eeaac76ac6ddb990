/**
 * `node scripts/audit.mjs`: asks the registry whether the lockfile names versions with known holes. Ends with 1 if one
 * that is high or critical is part of the product: of the collector, or of what the dashboard is built from. Those of
 * tools are told. Options go to `pnpm audit`.
 */
import { fileURLToPath } from 'node:url';
import { giveUp, pnpm, say } from './lib.mjs';

/** The tests do not wait for a registry that is away. */
const IMPATIENT = { npm_config_fetch_retries: '0', npm_config_fetch_timeout: '20000' };
const GRAVE = ['high', 'critical'];

/**
 * Asks, and says in words what came of it. That the registry could not be asked is no finding, and no silence either.
 * @returns {Promise<{ ok: boolean, words: string }>}
 */
export const audit = async (options = []) => {
  const { output } = await pnpm(['audit', '--json', ...options], { env: IMPATIENT });
  const answer = jsonIn(output);
  if (answer?.advisories === undefined) return { ok: true, words: `Dependencies were NOT audited: ${reason(answer)}` };
  const grave = Object.values(answer.advisories).filter(({ severity }) => GRAVE.includes(severity));
  if (grave.length === 0) return { ok: true, words: 'Dependencies have no known hole that is high or critical.' };
  const lines = grave.map(
    (hole) => `  ${hole.severity}: ${hole.module_name} ${isOurs(hole) ? '' : '(a tool) '}${hole.title} ${hole.url}`,
  );
  return { ok: !grave.some(isOurs), words: ['Dependencies have known holes:', ...lines].join('\n') };
};

/** True if a package of the product needs it; `packages__collector>hono` is how pnpm writes the way to it. */
const isOurs = ({ findings }) => findings.some(({ paths }) => paths.some((path) => path.startsWith('packages__')));

/** What pnpm printed, between what npm has to say. */
const jsonIn = (output) => {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return null;
  }
};

const reason = (answer) => answer?.error?.message ?? 'pnpm gave no answer.';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ok, words } = await audit(process.argv.slice(2));
  if (!ok) giveUp(words);
  say(words);
}
