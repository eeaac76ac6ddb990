import { describe, expect, it, test } from 'vitest';
import type { ExpectedError } from '../lib/expected-error.ts';
import { readArguments } from './arguments.ts';

const COMMAND = {
  name: 'site add',
  takes: { DOMAIN: 'the site' },
  options: {
    name: { type: 'string', value: 'NAME', what: 'its name' },
    limit: { type: 'string', default: '10', what: 'rows' },
    filter: { type: 'string', multiple: true, what: 'rows' },
    json: { type: 'boolean', what: 'JSON' },
  },
} as const;
const read = (...args: readonly string[]) => readArguments(COMMAND, args);
const NOTHING = { name: undefined, limit: '10', filter: [], json: false };

describe('arguments', () => {
  test.each<[args: string[], DOMAIN: string, values: object]>([
    [['a.example'], 'a.example', {}],
    [['--json', 'a.example'], 'a.example', { json: true }],
    [['a.example', '--json', '--json'], 'a.example', { json: true }],
    [['a.example', '--name', 'Ann & Bö'], 'a.example', { name: 'Ann & Bö' }],
    [['a.example', '--name=x=y'], 'a.example', { name: 'x=y' }],
    [['a.example', '--name='], 'a.example', { name: '' }],
    [['a.example', '--name', '-'], 'a.example', { name: '-' }],
    [['a.example', '--name=--json'], 'a.example', { name: '--json' }],
    [['a.example', '--limit', '-5'], 'a.example', { limit: '-5' }],
    [['a.example', '--limit=-5'], 'a.example', { limit: '-5' }],
    [['a.example', '--filter', 'a', '--filter=b'], 'a.example', { filter: ['a', 'b'] }],
    [['--', '--json'], '--json', {}],
    [['--json', '--', '-x.example'], '-x.example', { json: true }],
    [['-'], '-', {}],
    [['пример.рф'], 'пример.рф', {}],
  ])('%j are read', (args, DOMAIN, values) => {
    expect(read(...args)).toEqual({ positionals: { DOMAIN }, values: { ...NOTHING, ...values } });
  });

  test.each<[args: string[], problem: string, code: string, field: string]>([
    [[], 'DOMAIN is missing', 'missing', 'DOMAIN'],
    [[''], 'DOMAIN is missing', 'missing', 'DOMAIN'],
    [['a', 'b'], "Unexpected argument 'b'", 'unknown_field', 'b'],
    [['a', ''], "Unexpected argument ''", 'unknown_field', ''],
    [['a', '--nmae', 'x'], "Unknown option '--nmae', did you mean --name?", 'unknown_field', '--nmae'],
    [['a', '--Name=x'], "Unknown option '--Name', did you mean --name?", 'unknown_field', '--Name'],
    [['a', '--fitler=x'], "Unknown option '--fitler', did you mean --filter?", 'unknown_field', '--fitler'],
    [['a', '-json'], "Unknown option '-json', did you mean --json?", 'unknown_field', '-json'],
    [['a', '-j'], "Unknown option '-j'", 'unknown_field', '-j'],
    [['a', '--constructor'], "Unknown option '--constructor'", 'unknown_field', '--constructor'],
    [['a', '--__proto__=x'], "Unknown option '--__proto__'", 'unknown_field', '--__proto__'],
    [['a', '--name'], "Option '--name' needs a value", 'missing', '--name'],
    [['a', '--name', '--json'], "Option '--name' needs a value", 'missing', '--name'],
    [['a', '--json=yes'], "Option '--json' takes no value", 'invalid', '--json'],
    [['a', '--name', 'x', '--name', 'y'], "Option '--name' is given twice", 'invalid', '--name'],
  ])('%j: %s', (args, problem, code, field) => {
    const reading = (): unknown => read(...args);
    expect(reading).toThrow(`${problem}: passerby site add DOMAIN [--name NAME] [--limit] [--filter]… [--json]`);
    expect(reading).toThrow(
      expect.objectContaining({ failure: { kind: 'usage', code, field } } satisfies Partial<ExpectedError>),
    );
  });

  it('are no command’s business', () => {
    expect(readArguments({ name: 'serve', takes: {}, options: {} }, [])).toEqual({ positionals: {}, values: {} });
  });
});
