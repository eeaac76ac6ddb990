/**
 * `npm run bench:duties`: what each duty of the page script costs, in bytes of Brotli 11: how much smaller `p.js` is without
 * it. Parts that others need too, and what all of them pack together, are in none, so that the sum is less than the whole.
 */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of the sources.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'tsup';
import { script } from '../packages/sdk/tsup.config.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';

/** A text of a source file, and what stands there when the duty is left out. */
type Edit = readonly [file: string, text: string, instead: string];

const CALL = (name: string): Edit => ['start.ts', `    ${name}\n`, ''];

const DUTIES: Readonly<Record<string, readonly Edit[]>> = {
  'clicks and forms, all of it': [CALL('watchActs();')],
  'of it: tags': [
    ['acts.ts', '(trackTag(node) || trackTag(node.labels?.[0]))', 'false'],
    ['acts.ts', 'sender && !sender.contains(target)', 'false'],
  ],
  'of it: links': [['acts.ts', 'link && trackLink(link as HTMLAnchorElement)', 'undefined']],
  'of links: files': [
    ['links.ts', "link.hasAttribute('download') || FILES.test(pathname) || listed(downloads).some(endsLike)", 'false'],
  ],
  'of links: what is the same site': [
    [
      'links.ts',
      "listed(`${location.host} ${site}`).some((own) => `.${host}`.endsWith(own.replace(/^(www)?\\.?/, '.')))",
      'host === location.host',
    ],
  ],
  'of links: SVG': [['links.ts', '(link.href as never as SVGAnimatedString).baseVal ?? link.href', 'link.href']],
  'of it: forms': [['acts.ts', 'trackForm(target, submitter)', 'undefined']],
  'of forms: what the button says': [['forms.ts', 'button?.getAttribute(`form${name}`) ?? ', '']],
  'of it: fields and labels': [
    ['acts.ts', 'isClick && isField(node)', 'false'],
    ['acts.ts', 'isClick && node.control', 'false'],
  ],
  'of it: shadow roots': [['acts.ts', '  watchForms(target.getRootNode());\n', '']],
  engagement: [CALL('watchEngagement();')],
  'of it: focus': [['engagement.ts', "  on('focus blur', noteFocus);\n", '']],
  'new addresses': [
    [
      'views.ts',
      "if (window.navigation?.currentEntry) on('currententrychange', lookSoon, navigation);\n  else watchCalls();",
      '',
    ],
  ],
  'of it: browsers without the Navigation API': [['views.ts', 'else watchCalls();', '']],
  'of it: corrections': [['views.ts', "navigationType?.[0] === 'r' && !due && isFresh()", 'false']],
  'of it: routes in the hash': [['address.ts', 'options.hash && hash', 'false']],
  'of it: parameters of the page': [
    ['address.ts', 'listed(options.query).map((name) => searchParams.get(name))', "''"],
  ],
  'titles of the page before': [['views.ts', '    page.t ||= document.title;\n', '']],
  'tabs behind, prerendering': [
    ['views.ts', "  on('visibilitychange', show);\n", ''],
    ['views.ts', '!hasBegun && !document.hidden', 'true'],
    ['queue.ts', '!wasSeen || ', ''],
    ['queue.ts', '  wasSeen ||= !document.hidden;\n', ''],
  ],
  'back/forward cache': [
    ['views.ts', "  on<PageTransitionEvent>('pageshow', ({ persisted }) => persisted && view());\n", ''],
  ],
  'width of the window': [
    ['views.ts', "  page.w = innerWidth < 640 ? 's' : innerWidth < 1024 ? 'm' : innerWidth < 1440 ? 'l' : 'xl';\n", ''],
  ],
  'include and exclude': [
    [
      'deliver.ts',
      " && isListed(pathname + hash, listed(include, '*')) && !isListed(pathname + hash, listed(exclude))",
      '',
    ],
  ],
  beforeSend: [['deliver.ts', 'ask(item, page)', 'item']],
  'several sites and collectors': [
    [
      'deliver.ts',
      'for (const collector of listed(to))\n      for (const s of listed(site, location.hostname))\n        send(collector, { ...page, s,',
      'send(`${to}`, { ...page, s: `${site ?? location.hostname}`,',
    ],
  ],
  'tries again': [
    ['send.ts', '  if (seconds < 500) setTimeout(send, seconds * 1000, to, page, items, seconds * 4);\n', ''],
  ],
  'limits of a beacon': [
    ['queue.ts', '  if (waiting[MOST_ITEMS - 1] || characters + written.length > MOST_CHARACTERS) flush();\n', ''],
  ],
  404: [['start.ts', "    if (options.auto.includes('404')) watchNotFound();\n", '']],
  'reasons in the console': [['start.ts', '  if (reason && started < 2) tell(reason);\n', '']],
  'once a page': [['start.ts', '  if (started) return;\n', '']],
  'kept calls': [['start.ts', '  q?.map?.(push);\n  passerby.q = { push };\n', '']],
  stop: [['calls.ts', '  stop,\n', '']],
  'a tag that must be found': [
    [
      'tag.ts',
      'document.currentScript ?? document.querySelector<HTMLScriptElement>(\'script[src*="/p."],script[data-to]\')',
      'document.currentScript',
    ],
  ],
};

/** @throws Error naming a text that is no longer there: what is left out then is not what is said */
const sizeWithout = async (edits: readonly Edit[]): Promise<number> => {
  const { path: outDir, remove } = temporaryFolder();
  const open = new Set(edits);
  const leaveOut = {
    name: 'leave-out',
    setup: ({ onLoad }: { onLoad: (filter: { filter: RegExp }, load: (file: { path: string }) => object) => void }) =>
      onLoad({ filter: /sdk\/src\/.*\.ts$/ }, ({ path }) => {
        let contents = readFileSync(path, 'utf8');
        for (const edit of edits) {
          const [file, text, instead] = edit;
          if (file !== basename(path) || !contents.includes(text)) continue;
          contents = contents.replace(text, () => instead);
          open.delete(edit);
        }
        return { contents, loader: 'ts' };
      }),
  };
  try {
    await build({ ...script, config: false, outDir, silent: true, esbuildPlugins: [leaveOut as never] });
    if (open.size > 0) throw new Error(`Not found: ${[...open].map(([file, text]) => `${file}: ${text}`).join('; ')}`);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    return brotliCompressSync(readFileSync(join(outDir, 'p.js')), { params }).length;
  } finally {
    remove();
  }
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const whole = await sizeWithout([]);
process.stdout.write(`p.js: ${whole} bytes. Less, without:\n`);
for (const [duty, edits] of Object.entries(DUTIES))
  process.stdout.write(`${String(whole - (await sizeWithout(edits))).padStart(5)}  ${duty}\n`);
