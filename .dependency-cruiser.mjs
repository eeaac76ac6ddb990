/**
 * Who may import whom, types included: `pnpm check` fails where a file does otherwise. Tests, and the `testing` helpers
 * beside them, may import what they test.
 */

const COLLECTOR = 'packages/collector/src';
const TESTS = String.raw`\.test\.tsx?$|/testing(/|\.ts$)`;

/**
 * The collector's folders, the lowest first, each with the folders and files that it may import beside its own, and those
 * of which it may take types. None imports upwards: what two folders need lies in one below both.
 */
const FLOORS = {
  lib: {},
  'scheduler.ts': {},
  config: { imports: ['lib'] },
  engine: { imports: ['config/start-error.ts', 'lib'] },
  privacy: { imports: ['lib', 'store/text-limits.ts'] },
  store: { imports: ['engine', 'lib'] },
  server: { imports: ['config', 'lib', 'http/error-codes.ts'] },
  http: { imports: ['lib/public-url.ts', 'server'] },
  static: { imports: ['http'] },
  backup: { imports: ['http', 'lib', 'store'] },
  system: { imports: ['lib', 'store'], types: ['backup'] },
  accounts: { imports: ['http', 'lib', 'store'] },
  sites: { imports: ['http', 'lib', 'privacy', 'store'] },
  ingest: { imports: ['http', 'lib', 'privacy', 'scheduler.ts', 'server', 'sites', 'store'] },
  query: { imports: ['accounts/caller.ts', 'http', 'lib', 'sites', 'store'] },
  doctor: { imports: ['backup', 'config/start-error.ts', 'http', 'ingest', 'lib', 'sites', 'store', 'system'] },
  metrics: { imports: ['lib', 'store'], types: ['backup', 'ingest', 'server'] },
  api: {
    imports: ['accounts', 'http', 'lib', 'query', 'server', 'sites', 'static', 'store'],
    types: ['backup', 'doctor', 'ingest', 'metrics', 'system'],
  },
  'collector.ts': {
    imports: [
      ...['accounts', 'api', 'backup', 'doctor', 'http', 'ingest', 'lib', 'metrics', 'privacy'],
      ...['query', 'scheduler.ts', 'server', 'sites', 'static', 'store', 'system'],
    ],
  },
  cli: {
    imports: [
      ...['accounts', 'backup', 'collector.ts', 'config', 'doctor', 'engine', 'ingest', 'lib', 'privacy'],
      ...['query', 'server', 'sites', 'static', 'store'],
    ],
    // What it answers to commands.
    types: ['api', 'system'],
  },
  'main.ts': { imports: ['cli', 'config', 'lib'] },
};

/** What the dashboard takes of the collector beside types: rules that both keep, in files that need nothing else. */
const SHARED = [
  ...['accounts/role.ts', 'query/period/range-names.ts'],
  ...[
    'lib/calendar-day.ts',
    'lib/csv.ts',
    'lib/host-text.ts',
    'lib/log-levels.ts',
    'lib/memoize.ts',
    'lib/path-text.ts',
  ],
];

const within = (place) => `^${COLLECTOR}/${place.replaceAll('.', String.raw`\.`)}${place.endsWith('.ts') ? '$' : '/'}`;

const floorRules = Object.entries(FLOORS).flatMap(([floor, { imports = [], types = [] }]) => {
  const name = `collector-${floor.replace('.ts', '')}`;
  const from = { path: within(floor), pathNot: TESTS };
  const below = [floor, ...imports];
  return [
    {
      name,
      comment: `${floor} imports ${imports.join(', ') || 'nothing'}${types.length > 0 ? `; types of ${types.join(', ')}` : ''}`,
      severity: 'error',
      from,
      to: { path: `^${COLLECTOR}/`, pathNot: [...below, ...types].map(within) },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${name}-types`,
            comment: `of ${types.join(', ')}, ${floor} takes only types`,
            severity: 'error',
            from,
            to: { path: types.map(within), dependencyTypesNot: ['type-only'] },
          },
        ]),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...floorRules,
    {
      name: 'no-circle',
      comment: 'files that import each other cannot be understood, or loaded, one after the other',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'collector-no-circle',
      comment:
        'nor by types in the collector, whose folders are floors; texts and reports of the dashboard name each other',
      severity: 'error',
      from: { path: `^${COLLECTOR}/`, pathNot: TESTS },
      to: { circular: true },
    },
    {
      name: 'sdk-imports-nothing',
      comment: 'every byte of it is loaded by every page',
      severity: 'error',
      from: { path: '^packages/sdk/src/', pathNot: TESTS },
      to: { pathNot: '^packages/sdk/src/' },
    },
    {
      name: 'collector-takes-the-wire',
      comment: 'of the SDK, the collector takes the types of what it sends',
      severity: 'error',
      from: { path: `^${COLLECTOR}/`, pathNot: TESTS },
      to: { path: '^packages/(sdk|dashboard)/', pathNot: '^packages/sdk/src/wire\\.ts$' },
    },
    {
      name: 'collector-takes-types-of-the-wire',
      comment: 'as collector-takes-the-wire',
      severity: 'error',
      from: { path: `^${COLLECTOR}/`, pathNot: TESTS },
      to: { path: '^packages/sdk/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'dashboard-takes-types',
      comment: 'the collector is not shipped to browsers, but for the rules that both keep',
      severity: 'error',
      from: { path: '^packages/dashboard/src/', pathNot: TESTS },
      to: {
        path: '^packages/(collector|sdk)/',
        pathNot: SHARED.map(within),
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'shared-imports-nothing',
      comment: 'what they import is shipped to browsers with them',
      severity: 'error',
      from: { path: SHARED.map(within) },
      to: { pathNot: SHARED.map(within), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'products-import-no-tests',
      comment: 'what is shipped stands without what tests, measures and builds it',
      severity: 'error',
      from: { path: '^packages/', pathNot: TESTS },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'not-found',
      comment: 'what cannot be found is held to no rule',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['passerby-source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
