/** Pages of the dashboard that are no site's. */
export const PAGES = [
  ...['/', '/login', '/setup', '/invite', '/reset', '/new', '/account', '/accounts', '/settings', '/system'],
] as const;

/** What the collector answers besides, each with all below it. */
const OTHERS = ['/api', '/assets', '/demo', '/sites', '/healthz', '/readyz', '/metrics'];

const OWN: ReadonlySet<string> = new Set([...PAGES, ...OTHERS]);

/** The first part of a path. Proxies and file systems may know no case. */
const firstOf = (path: string): string => `/${path.toLowerCase().split('/')[1] ?? ''}`;

/**
 * What of the collector's own a path is, or lies below; null: it is free to be given to something else.
 * @example ownPathOf('/api/in') === '/api'
 */
export const ownPathOf = (path: string): string | null => {
  const first = firstOf(path);
  return OWN.has(first) ? first : null;
};

/** Whether a path is the script's, or that of one of its other forms: `/p.full.js`, `/p.0.2.0.js`, of any version. */
export const isOfScript = (path: string, scriptPath: string): boolean => {
  const [name, script] = [path.toLowerCase(), scriptPath.toLowerCase()];
  const stem = script.replace(/\.js$/, '');
  const suffix = script.slice(stem.length);
  if (name === script) return true;
  return (
    name.startsWith(`${stem}.`) &&
    name.endsWith(suffix) &&
    FORM.test(name.slice(stem.length + 1, name.length - suffix.length))
  );
};

const FORM = /^(?:full|(?:full\.)?\d[\w.-]*)$/;

/** Whether a path is the intake's, or that of its image. */
export const isOfIntake = (path: string, intakePath: string): boolean =>
  [intakePath, `${intakePath}.gif`].some((own) => own.toLowerCase() === path.toLowerCase());

/** Whether a path is another one, or lies below it. */
export const isBelow = (path: string, base: string): boolean =>
  `${path}/`.toLowerCase().startsWith(`${base}/`.toLowerCase());
