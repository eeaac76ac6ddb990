import { isPlural, type Part, parseMessage } from './parse.ts';

/** Messages by their names, in groups, as translators edit them. */
export interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

/** Names of the values of a message, and of the numbers that choose between its forms. */
interface Placeholders {
  readonly values: ReadonlySet<string>;
  readonly counts: ReadonlySet<string>;
}

const isGroup = (entry: string | Catalogue | undefined): entry is Catalogue => typeof entry === 'object';

const placeholdersOf = (parts: readonly Part[]): Placeholders => {
  const values = new Set<string>();
  const counts = new Set<string>();
  const collect = (part: Part): void => {
    if (typeof part === 'string') return;
    if (!isPlural(part)) values.add(part.value);
    else {
      counts.add(part.count);
      for (const form of part.forms.values()) form.forEach(collect);
    }
  };
  parts.forEach(collect);
  for (const count of counts) values.delete(count);
  return { values, counts };
};

const pluralFaults = (parts: readonly Part[], categories: readonly string[]): string[] =>
  parts
    .filter(isPlural)
    .flatMap(({ count, forms }) => [
      ...categories
        .filter((category) => !forms.has(category))
        .map((category) => `lacks the form ${category} of {${count}}`),
      ...[...forms.keys()]
        .filter((form) => !categories.includes(form))
        .map((form) => `has a form ${form} of {${count}}, which the language does not know`),
      ...[...forms.values()].flatMap((form) => pluralFaults(form, categories)),
    ]);

/** What is wrong with a message. A number that chooses a form need not be used: not every language has several. */
const messageFaults = (language: string, message: string, reference: string): string[] => {
  try {
    const parts = parseMessage(message);
    const { values, counts } = placeholdersOf(parts);
    const known = placeholdersOf(parseMessage(reference));
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    return [
      ...(message.trim() === '' ? ['is empty'] : []),
      ...[...values]
        .filter((name) => !known.values.has(name) && !known.counts.has(name))
        .map((name) => `has an unknown {${name}}`),
      ...[...counts].filter((name) => !known.counts.has(name)).map((name) => `has forms by an unknown {${name}}`),
      ...[...known.values].filter((name) => !values.has(name)).map((name) => `lacks {${name}}`),
      ...pluralFaults(parts, pluralCategories),
    ];
  } catch (error) {
    return [(error as SyntaxError).message];
  }
};

/**
 * What is wrong with a language's messages, each with its path; nothing: they can be compiled.
 *
 * @param reference Messages of the language that the interface is written in: it says which there are, and their values.
 */
export const faultsOf = (language: string, catalogue: Catalogue, reference: Catalogue, at = ''): string[] =>
  [...new Set([...Object.keys(reference), ...Object.keys(catalogue)])].flatMap((name) => {
    const path = at + name;
    const [message, known] = [catalogue[name], reference[name]];
    if (known === undefined) return [`${path} is a message of no name that is known`];
    if (isGroup(known) && isGroup(message)) return faultsOf(language, message, known, `${path}.`);
    if (message === undefined || isGroup(known) || isGroup(message)) return [`${path} is missing`];
    return messageFaults(language, message, known).map((fault) => `${path} ${fault}`);
  });

const literal = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/`|\$\{/g, '\\$&');

const template = (parts: readonly Part[]): string => {
  const written = parts.map((part) => {
    if (typeof part === 'string') return literal(part);
    if (!isPlural(part)) return `\${_.${part.value}}`;
    const forms = [...part.forms].map(([form, inner]) => `${JSON.stringify(form)}:${template(inner)}`);
    return `\${plural(_.${part.count},{${forms}})}`;
  });
  return `\`${written.join('')}\``;
};

const hasPlaceholders = (message: string): boolean => parseMessage(message).some((part) => typeof part === 'object');

const compileEntry = (entry: string | Catalogue, reference: string | Catalogue | undefined): string => {
  if (isGroup(entry)) {
    const entries = Object.entries(entry).map(
      ([name, inner]) =>
        `${JSON.stringify(name)}:${compileEntry(inner, isGroup(reference) ? reference[name] : undefined)}`,
    );
    return `{${entries}}`;
  }
  const written = template(parseMessage(entry));
  return typeof reference === 'string' && hasPlaceholders(reference) ? `(_)=>${written}` : written;
};

/** The messages of a language without faults as a module: texts, and functions where something is put in. */
export const compile = (language: string, catalogue: Catalogue, reference: Catalogue): string =>
  [
    `const rules=new Intl.PluralRules(${JSON.stringify(language)});`,
    'const plural=(count,forms)=>forms[rules.select(count)];',
    `export default ${compileEntry(catalogue, reference)};`,
  ].join('\n');

const HEAD = `// Made of en.json: \`npx vitest run packages/dashboard/src/i18n -u\` writes it anew.

type Values<Name extends string> = { readonly [name in Name]: string | number };
type Counts<Name extends string> = { readonly [name in Name]: number };
type Message<Value extends string, Count extends string = never> = (values: Values<Value> & Counts<Count>) => string;
`;

const union = (names: ReadonlySet<string>): string => [...names].map((name) => `'${name}'`).join(' | ') || 'never';

const typeOf = (message: string): string => {
  const { values, counts } = placeholdersOf(parseMessage(message));
  if (values.size + counts.size === 0) return 'string';
  return `Message<${union(values)}${counts.size > 0 ? `, ${union(counts)}` : ''}>`;
};

const typesIn = (catalogue: Catalogue, indent: string): string => {
  const entries = Object.entries(catalogue).map(([name, entry]) => {
    const key = /^[a-z_]\w*$/i.test(name) ? name : `'${name}'`;
    return `${indent}  readonly ${key}: ${isGroup(entry) ? typesIn(entry, `${indent}  `) : typeOf(entry)};\n`;
  });
  return `{\n${entries.join('')}${indent}}`;
};

/** Types of the messages, as TypeScript. @param reference See {@link faultsOf}. */
export const typesOf = (reference: Catalogue): string =>
  `${HEAD}\n/** Every message of the interface. */\nexport type Messages = ${typesIn(reference, '')};\n`;
