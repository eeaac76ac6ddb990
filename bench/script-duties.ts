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

const CALL = (name: string): Edit => ['start.ts', `      ${name}\n`, ''];

const DUTIES: Readonly<Record<string, readonly Edit[]>> = {
  'clicks and forms, all of it': [CALL('watchActs();')],
  'of it: tags': [
    ['acts.ts', 'tagged && !(isClick && tagged.elements)', 'false'],
    ['acts.ts', '(sender && !sender.contains(path[0]))', 'false'],
  ],
  'of it: links': [
    ['acts.ts', 'if (/^h/.test(origin))', 'if (false)'],
    [
      'acts.ts',
      "isClick ? ((found.href as never as SVGAnimatedString).baseVal ?? found.href) : read('action')",
      "read('action')",
    ],
    ['acts.ts', "isClick ? 'a,area' : 'form'", "'form'"],
  ],
  'of links: files': [
    ['acts.ts', "(endsIn(pathname, FILES + options.downloads) || found.hasAttribute('download'))", 'false'],
  ],
  'of links: what is the same site': [
    ['acts.ts', 'endsIn(`.${host}`, [location.host, options.site])', 'host === location.host'],
  ],
  'of links: SVG': [['acts.ts', '((found.href as never as SVGAnimatedString).baseVal ?? found.href)', 'found.href']],
  'of it: forms': [
    ['acts.ts', " else if (/form/.test(options.auto) && !/^d/i.test(read('method')))", ' else if (false)'],
    [
      'acts.ts',
      "isClick ? ((found.href as never as SVGAnimatedString).baseVal ?? found.href) : read('action')",
      '(found.href as never as SVGAnimatedString).baseVal ?? found.href',
    ],
    ['acts.ts', "isClick ? 'a,area' : 'form'", "'a,area'"],
  ],
  'of forms: what the button says': [['acts.ts', 'submitter?.getAttribute(`form${name}`) ?? ', '']],
  'of it: fields': [['acts.ts', "${isClick ? FIELDS : ''}", '']],
  'of it: shadow roots': [
    ['acts.ts', "  path.map((node) => node.nodeType === 11 && node.addEventListener('submit', hear, true));\n", ''],
  ],
  engagement: [
    CALL('watchEngagement();'),
    ['views.ts', '    sendEngagement(event);\n', ''],
    ['views.ts', '  beginAnew();\n', ''],
    ['views.ts', '      measure();\n', ''],
  ],
  'of it: focus': [
    ['engagement.ts', "  on('focus blur', addTime);\n", ''],
    ['engagement.ts', 'document.hasFocus() ? FOCUSED_MS : UNFOCUSED_MS', 'FOCUSED_MS'],
  ],
  'of it: the view so far': [['engagement.ts', ', vm: ms, vs: deepest', '']],
  'not interactive': [
    ['calls.ts', '      ni: /^f/i.test(options?.interactive as never) ? 1 : undefined,\n', ''],
    ['acts.ts', ', given as EventOptions', ''],
    ['acts.ts', ' interactive: _,', ''],
    ['not-found.ts', ', ni: 1', ''],
  ],
  'new addresses': [
    ['views.ts', "  on('currententrychange popstate', lookSoon as (event: Event) => void);\n", ''],
    [
      'views.ts',
      "if (window.navigation?.currentEntry) navigation.addEventListener('currententrychange', hear);\n  else watchCalls();",
      '',
    ],
  ],
  'of it: browsers without the Navigation API': [['views.ts', 'else watchCalls();', '']],
  'of it: corrections': [['views.ts', '/^r/.test(navigationType as string) && page.t == null', 'false']],
  'of it: routes in the hash': [['address.ts', 'options.hash != null', 'false']],
  'of it: parameters of the page': [
    ['address.ts', 'listed(options.query).map((name) => searchParams.get(name))', "''"],
  ],
  'titles of the page before': [['views.ts', '      page.t ??= noted ?? document.title;\n', '']],
  'titles noted early, pages that load slowly': [
    ['queue.ts', '  if (!timer) wait();', '  timer ||= setTimeout(flush, BATCH_MS);'],
  ],
  'tabs behind, prerendering': [
    ['views.ts', 'isSeen() && ', ''],
    ['queue.ts', '!wasSeen || ', ''],
  ],
  'back/forward cache': [
    [
      'views.ts',
      "  on<PageTransitionEvent>('pageshow', ({ persisted }) => {\n    if (persisted) {\n      seen = '';\n      look();\n    }\n  });\n",
      '',
    ],
  ],
  'width of the window': [
    ['views.ts', "innerWidth < 640 ? 's' : innerWidth < 1024 ? 'm' : innerWidth < 1440 ? 'l' : 'xl'", "'m'"],
  ],
  'views of its own': [
    ['views.ts', '{ url = address(), title, props }: View = {}', ''],
    ['views.ts', 'new URL(url, document.baseURI).href.replace(/^[^h].*/, address)', 'address()'],
    ['views.ts', 'page.t = title', 'page.t = undefined'],
    ['views.ts', '  if (props) page.p = { ...props };\n', ''],
  ],
  'include and exclude': [['queue.ts', ' && isReported(shared.u)', '']],
  beforeSend: [
    ['queue.ts', '  const { beforeSend = (item: Item) => item } = options;\n  const ask = quietly(beforeSend);\n', ''],
    ['queue.ts', 'ask(item as Item, shared)', 'item'],
  ],
  'several sites and collectors': [
    [
      'queue.ts',
      'for (const to of listed(options.to))\n      for (const s of listed(options.site, [location.hostname]))\n        send(to, { ...shared, s,',
      'send(`${options.to}`, { ...shared, s: `${options.site ?? location.hostname}`,',
    ],
  ],
  'tries again': [
    ['send.ts', '  if (seconds < 300) setTimeout(send, seconds * 1000, to, shared, items, seconds * 4);\n', ''],
  ],
  'limits of a beacon': [
    ['queue.ts', '  if (waiting[MOST_ITEMS - 1] || (waiting + written).length > MOST_CHARACTERS) flush();\n', ''],
  ],
  404: [['start.ts', '      trackNotFound();\n', '']],
  'reasons in the console': [['start.ts', "    if (reason && started < 2) console.info('Passerby:', reason);\n", '']],
  'once a page': [['start.ts', '    if (started) return;\n', '']],
  'kept calls': [['start.ts', '    q?.map?.(take);\n    passerby.q = { push: take };\n', '']],
  stop: [['calls.ts', '  stop() {\n    end();\n    (window.passerby as OnPage).started = undefined;\n  },\n', '']],
  'a tag that must be found': [
    [
      'tag.ts',
      ` ??
  document.querySelector('script[src*="/p."]') ??
  {}`,
      '',
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
