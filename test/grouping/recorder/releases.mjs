// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these strings are source text.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many builds of each site there are. */
export const RELEASES = [1, 2, 3];

const WISHLIST = `import { onClick, show } from '../lib/page.js';

const wishes = new Set();
const label = (count, { one, many }) => (count === 1 ? one : many.replace('#', String(count)));

export const toggleWish = (name) => {
  if (!wishes.delete(name)) wishes.add(name);
  return wishes.has(name);
};

export const mountWishes = () => {
  for (const node of document.querySelectorAll('[data-wish]'))
    node.addEventListener('click', () => {
      toggleWish(node.dataset.wish);
      show(label(wishes.size, { one: 'one wish', many: '# wishes' }));
    });
};
`;

const SHORTCUTS = `const keys = new Map();

export const onKey = (key, act) => keys.set(key, [...(keys.get(key) ?? []), act]);

export const listen = () =>
  window.addEventListener('keydown', (event) => {
    for (const act of keys.get(event.key) ?? []) act(event);
  });
`;

/**
 * What is done between releases: lines above, new neighbours, other names beside the faults, another order of modules. No
 * fault is mended or moved to another function. [release, file, what stood there, what stands there now]
 */
const EDITS = {
  shop: [
    [2, 'shop/wishes.js', null, WISHLIST],
    [2, 'shop/main.js', 'import { mountCart }', "import { mountWishes } from './wishes.js';\nimport { mountCart }"],
    [2, 'shop/main.js', '[\n  mountCart', '[\n  mountWishes,\n  mountCart'],
    [2, 'shop/cart.js', '  total() {', '  isEmpty() {\n    return this.count() === 0;\n  }\n\n  total() {'],
    [2, 'shop/cart.js', '  render() {', "  render() {\n    if (this.isEmpty()) return show('Nothing yet');"],
    [2, 'shop/summary.js', 'const contact', 'const greeting = (name = "you") => `Thank ${name}`;\n\nconst contact'],
    [2, 'shop/summary.js', '  rows.unshift(', '  rows.push(greeting(order.name));\n  rows.unshift('],
    [2, 'shop/product.js', 'const viewed', "const isNew = ({ since }) => since > '2026';\n\nconst viewed"],
    [2, 'shop/product.js', '  const day =', "  if (isNew(product)) show('new');\n  const day ="],
    [2, 'shop/stock.js', '  show(`${left} left`)', "  show(left > 9 ? 'many left' : `${left} left`)"],
    [2, 'shop/payment.js', '  expire(user) {', "  ready() {\n    this.state = 'ready';\n  }\n\n  expire(user) {"],
    [
      2,
      'shop/payment.js',
      'constructor(order) {',
      'constructor(order, currency = "EUR") {\n    this.currency = currency;',
    ],
    [2, 'shop/orders.js', 'const known', 'const isId = (text) => /^[0-9a-f-]{36}$/.test(text);\n\nconst known'],
    [2, 'shop/orders.js', '  const order = await', "  if (!isId(id)) show('A wrong number');\n  const order = await"],
    [2, 'shop/storage.js', 'const restore', 'const forget = (key) => localStorage.removeItem(key);\n\nconst restore'],
    [2, 'shop/storage.js', '  show(`${lines', "  if (lines.length > 99) forget('cart');\n  show(`${lines"],
    [2, 'shop/shelf.js', '  maker() {', '  isFull() {\n    return this.goods.count > 99;\n  }\n\n  maker() {'],
    [2, 'shop/shelf.js', '  describe() {', "  describe() {\n    if (this.isFull()) return 'full';"],
    [3, 'shop/shelf.js', 'isFull', 'hasNoRoom'],
    [3, 'shop/shelf.js', '  start() {', "  stop() {\n    this.selector = 'body';\n  }\n\n  start() {"],
    [2, 'lib/money.js', 'const UNITS = {', "const UNITS = {\n  CHF: { digits: 2, sign: 'Fr.' },"],
    [2, 'lib/http.js', '{ accept', "{ 'x-shop': '2', accept"],
    [3, 'shop/main.js', "import { mountCart } from './cart.js';\n", ''],
    [3, 'shop/main.js', 'import { mountLazy', "import { mountCart } from './cart.js';\nimport { mountLazy"],
    [3, 'shop/main.js', "import { mountOrders } from './orders.js';\n", ''],
    [3, 'shop/main.js', 'import { mountWishes', "import { mountOrders } from './orders.js';\nimport { mountWishes"],
    [
      3,
      'shop/wishes.js',
      'const wishes',
      "const KEY = 'wishes';\nconst load = () => sessionStorage.getItem(KEY)?.split(',') ?? [];\nconst wishes",
    ],
    [3, 'shop/wishes.js', '  return wishes', "  sessionStorage.setItem(KEY, [...wishes].join(','));\n  return wishes"],
    [
      3,
      'shop/wishes.js',
      'mountWishes = () => {',
      'mountWishes = () => {\n  for (const name of load()) wishes.add(name);',
    ],
    [3, 'shop/summary.js', 'greeting', 'thanks'],
    [3, 'shop/cart.js', 'isEmpty', 'hasNothing'],
    [
      3,
      'shop/countdown.js',
      'const tick',
      'const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;\n\nconst tick',
    ],
    [3, 'shop/countdown.js', '  node.textContent = `${left} s`', "  node.textContent = plural(left, 'second')"],
    [
      3,
      'shop/categories.js',
      'const depth =',
      'const isLeaf = ({ children }) => children.length === 0;\n\nconst depth =',
    ],
    [3, 'shop/categories.js', '  const depths', '  if (isLeaf(category)) return 1;\n  const depths'],
    [
      3,
      'shop/address.js',
      '  get label() {',
      '  get town() {\n    return this.fields.town.toUpperCase();\n  }\n\n  get label() {',
    ],
    [3, 'shop/address.js', '${this.fields.town}', '${this.town}'],
    [3, 'shop/media.js', 'const jumpTo', 'const idOf = ({ id }) => `film-${id}`;\n\nconst jumpTo'],
    [3, 'shop/media.js', '  film.muted = true;', '  film.muted = true;\n  film.id = idOf({ id: facts.small });'],
    [
      3,
      'shop/reviews.js',
      'const signature',
      'const best = () => reviews.filter(({ stars }) => stars > 3);\n\nconst signature',
    ],
    [3, 'shop/reviews.js', 'reviews.map(', 'best().map('],
    [3, 'shop/voucher.js', '  show(`Voucher', '  document.title = voucher.code;\n  show(`Voucher'],
  ],
  board: [
    [2, 'board/shortcuts.js', null, SHORTCUTS],
    [2, 'board/main.js', 'import { mountBus', "import { listen, onKey } from './shortcuts.js';\nimport { mountBus"],
    [
      2,
      'board/main.js',
      'render(h(Board)',
      "onKey('?', () => document.body.classList.toggle('help'));\nlisten();\nrender(h(Board)",
    ],
    [
      2,
      'board/board.js',
      'const ProfileCard',
      "const Avatar = ({ of }) => h('i', { class: 'avatar' }, of.slice(0, 1));\n\nconst ProfileCard",
    ],
    [2, 'board/board.js', "h('p', null, user.about)", "h(Avatar, { of: user.name }), h('p', null, user.about)"],
    [2, 'board/bus.js', 'const people', "const isDark = ({ name }) => name === 'dark';\n\nconst people"],
    [2, 'board/bus.js', '  show(theme', "  document.body.classList.toggle('dark', isDark(theme));\n  show(theme"],
    [2, 'board/drafts.js', 'const validate', 'const isShort = (text) => text.length < 9;\n\nconst validate'],
    [2, 'board/drafts.js', '  if (card.title', "  if (isShort(card.title)) show('A short title');\n  if (card.title"],
    [
      2,
      'board/list.js',
      'const byDue',
      'const last = (list) => list.children[list.children.length - 1];\n\nconst byDue',
    ],
    [
      2,
      'board/list.js',
      '  list.removeChild(card);',
      "  if (card === last(list)) show('the last');\n  list.removeChild(card);",
    ],
    [2, 'board/digest.js', 'const people', 'const initials = (name) => name.slice(0, 1);\n\nconst people'],
    [
      2,
      'board/digest.js',
      '  return found;',
      '  for (const name of found) found.add(initials(name));\n  return found;',
    ],
    [3, 'board/digest.js', '  send() {', "  send(to = 'all') {\n    show(to);"],
    [2, 'board/pages.js', '  for (let', '  const most = 9;\n  for (let'],
    [2, 'board/pages.js', 'at.number < 9', 'at.number < most'],
    [2, 'board/widgets.js', 'const chart', 'const percent = (part) => `${Math.round(part * 100)} %`;\n\nconst chart'],
    [2, 'board/widgets.js', 'show(progress({ tasks: [1] }))', 'show(percent(progress({ tasks: [1] })))'],
    [2, 'lib/http.js', '{ accept', "{ 'x-board': '2', accept"],
    [3, 'board/main.js', "import { mountWidgets } from './widgets.js';\n", ''],
    [3, 'board/main.js', 'import { mountBus', "import { mountWidgets } from './widgets.js';\nimport { mountBus"],
    [3, 'board/main.js', "import { mountList } from './list.js';\n", ''],
    [3, 'board/main.js', 'import { Board }', "import { mountList } from './list.js';\nimport { Board }"],
    [
      3,
      'board/shortcuts.js',
      'const keys',
      "const isTyping = ({ target }) => target.matches('input, textarea');\nconst keys",
    ],
    [3, 'board/shortcuts.js', '    for (', '    if (isTyping(event)) return;\n    for ('],
    [
      3,
      'board/board.js',
      'const Comment =',
      "const Time = ({ at }) => h('time', null, new Date(at ?? 0).toDateString());\n\nconst Comment =",
    ],
    [3, 'board/board.js', ', comment.text)', ', h(Time, { at: comment.at }), comment.text)'],
    [
      3,
      'board/board.js',
      'const box = useRef(null);',
      'const box = useRef(null);\n  const [wide] = useState(() => innerWidth > 900);',
    ],
    [3, 'board/board.js', "h('section', null,", "h('section', { class: wide ? 'wide' : '' },"],
    [3, 'board/cache.js', 'const keep', 'const keys = () => Object.keys(localStorage);\n\nconst keep'],
    [
      3,
      'board/cache.js',
      'const remember = (card) => {',
      "const remember = (card) => {\n  if (keys().length > 50) show('much is kept');",
    ],
    [3, 'board/links.js', 'const titleOf', "const isOurs = (host) => host.endsWith('.example');\n\nconst titleOf"],
    [3, 'board/links.js', 'show(hostOf(', 'show(isOurs(hostOf('],
    [3, 'board/links.js', '${facts.order}`))', '${facts.order}`)))'],
    [
      3,
      'board/search.js',
      'class Search',
      'const highlight = (text, word) => text.replaceAll(word, `*${word}*`);\n\nclass Search',
    ],
    [3, 'board/search.js', 'show(await answer.text())', 'show(highlight(await answer.text(), words))'],
    [3, 'board/thumbnails.js', 'const startWorker', 'let started = 0;\n\nconst startWorker'],
    [
      3,
      'board/thumbnails.js',
      '  return worker;',
      '  started++;\n  document.body.dataset.workers = String(started);\n  return worker;',
    ],
    [3, 'board/bus.js', 'isDark', 'isNight'],
    [3, 'board/drafts.js', 'isShort', 'saysLittle'],
  ],
};

/** Writes the sources of a release into a folder. */
export const writeRelease = (app, release, folder) => {
  cpSync(join(import.meta.dirname, 'apps'), folder, { recursive: true });
  for (const [since, file, before, after] of EDITS[app]) {
    if (since > release) continue;
    const path = join(folder, file);
    if (before === null) {
      writeFileSync(path, after);
      continue;
    }
    const source = readFileSync(path, 'utf8');
    if (!source.includes(before)) throw new Error(`${file} of release ${release} has no ${before}`);
    writeFileSync(path, source.replaceAll(before, after));
  }
};
