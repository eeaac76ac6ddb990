import { parse } from 'yaml';

interface Field {
  readonly type?: string;
  readonly id?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What a field of an issue form must have, by its type, as "Syntax for GitHub's form schema" in GitHub's documentation says. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  markdown: ['value'],
  input: ['label'],
  textarea: ['label'],
  dropdown: ['label', 'options'],
  checkboxes: ['label', 'options'],
};

/**
 * What is wrong with an issue form, or with what says how forms are offered.
 * @param name of its file
 */
export const mistakesInForm = (name: string, text: string): string[] => {
  const form = parse(text) as Readonly<Record<string, unknown>>;
  if (name === 'config.yml') return typeof form.blank_issues_enabled === 'boolean' ? [] : ['says nothing'];
  const fields = (form.body ?? []) as readonly Field[];
  const ids = fields.flatMap(({ id }) => id ?? []);
  return [
    ...['name', 'description', 'body'].filter((key) => !form[key]).map((key) => `has no ${key}`),
    ...(new Set(ids).size === ids.length ? [] : ['has two fields of one id']),
    ...fields.flatMap(({ type = '', attributes = {} }) =>
      (NEEDED[type] ?? ['type']).filter((key) => !attributes[key]).map((key) => `a field ${type} has no ${key}`),
    ),
  ];
};
