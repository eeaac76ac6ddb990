import { z } from 'zod';
import { parseTrusted } from './privacy/client-address.ts';

/** A variable of the environment is wrong. The message names it and says what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const path = z.string().regex(/^\/[\w./-]{1,100}$/, 'a path such as /in');
const flag = z.enum(['0', '1'], '0 or 1').transform((value) => value === '1');

const environment = z
  .object({
    PORT: z.coerce.number('a port from 0 to 65535').int('a port from 0 to 65535').min(0).max(65_535).default(4321),
    HOST: z.string().min(1).default('0.0.0.0'),
    DATA_DIR: z.string().min(1).default('./data'),
    CLICKHOUSE_URL: z
      .url({ protocol: /^https?$/, error: 'an address such as http://user:password@host:8123/database' })
      .optional(),
    TRUSTED_PROXIES: z
      .string()
      .transform((list, ctx) => {
        try {
          return parseTrusted(list);
        } catch (error) {
          ctx.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
          return z.NEVER;
        }
      })
      .optional(),
    CLIENT_ADDRESS_HEADER: z
      .string()
      .regex(/^[\w-]+$/, 'the name of a header, such as CF-Connecting-IP')
      .optional(),
    GEO_DB: z.string().min(1).optional(),
    OWNER_EMAIL: z.email('an e-mail address').optional(),
    OWNER_PASSWORD: z.string().min(10, 'at least 10 characters').max(200).optional(),
    OWNER_TOKEN: z.string().min(16, 'at least 16 characters').max(200).optional(),
    INTAKE_PATH: path.default('/in'),
    SCRIPT_PATH: path.default('/p.js'),
    CLIENT_LIMIT: z.coerce.number('a number of beacons').int().min(0).default(1000),
    DEMO: flag.default(true),
  })
  .refine((env) => (env.OWNER_EMAIL === undefined) === (env.OWNER_PASSWORD === undefined), {
    path: ['OWNER_PASSWORD'],
    message: 'OWNER_EMAIL and OWNER_PASSWORD go together',
  })
  .refine((env) => env.INTAKE_PATH !== env.SCRIPT_PATH, {
    path: ['SCRIPT_PATH'],
    message: 'another path than INTAKE_PATH',
  });

/** What the environment says of how to run. */
export type Config = z.infer<typeof environment>;

/**
 * Reads the configuration.
 * @throws ConfigError naming the first variable that is wrong
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  // An empty variable is one that was not set: `PORT= npm start`.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(set);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new ConfigError(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'is wrong'}`);
};
