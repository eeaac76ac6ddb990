/**
 * The faults of each app, by the ids of the buttons that bring them about. Where two ways lead to one fault, the way
 * stands behind a slash: the group is what is before it.
 */
export const FAULTS = {
  shop: [
    'cart-total',
    'money-unit/cart',
    'money-unit/product',
    'tracker-missing',
    'delivery-date',
    'summary-price',
    'summary-contact',
    'voucher-code',
    'voucher-ended',
    'stock-negative',
    'stock-offline',
    'payment-refused',
    'payment-expired',
    'saved-cart/cut',
    'saved-cart/object',
    'suggest-html',
    'session-string',
    'order-unavailable',
    'order-repeat',
    'anchor-selector',
    'film-play',
    'poster-encoded',
    'countdown-node',
    'banner-timer',
    'category-depth',
    'category-flat',
    'address-street',
    'address-country',
    'review-author',
    'map-chunk',
    'menu-inline',
    'shelf-maker',
    'address-book',
    'ticker-blink',
    'refund-lines',
    'refund-price',
    'line-discount',
  ],
  board: [
    'profile-name',
    'comment-name',
    'panel-width',
    'dialog-close',
    'bus-online',
    'bus-theme',
    'cache-quota',
    'history-clone',
    'title-long',
    'tags-none',
    'draft-early',
    'draft-id',
    'publish-cause',
    'link-decode',
    'link-host',
    'card-due',
    'card-remove',
    'card-tags',
    'column-over',
    'undo-empty',
    'pages-next',
    'mirrors-any',
    'search-slow',
    'search-hit',
    'thumbnail-worker',
    'formula-done',
    'widget-kind',
    'digest-subject',
    'legend-colours',
    'stats-width',
    'card-assignee',
    'resize-grip',
  ],
};

/** Those that a page has by itself. */
const DRAWN_BY_APP = ['dialog-close'];

const buttonOf = (fault) => fault.replace('/', '-');

export const groupOf = (fault) => fault.split('/')[0];
export const selectorOf = (fault) => `#${buttonOf(fault)}`;

/** The page around the scripts, which notes what the script of Passerby would send. */
export const pageOf = ({ app, scripts, kind, facts }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${app}</title>
<style>button { display: inline-block; font: 10px sans-serif; margin: 1px; padding: 1px } #out { max-height: 4em; overflow: hidden }</style>
<script>
window.facts = ${JSON.stringify(facts)};
window.errors = [];
(() => {
  const note = (thrown) => window.errors.push({ message: \`\${thrown}\`, stack: thrown?.stack ?? '' });
  addEventListener('error', ({ error }) => error && note(error));
  addEventListener('unhandledrejection', ({ reason }) => note(reason));
})();
</script></head><body>
<div id="root"></div>
<div class="faults">
${FAULTS[app]
  .filter((fault) => !DRAWN_BY_APP.includes(fault))
  .map(buttonOf)
  .map((id) => `<button id="${id}"${id === 'menu-inline' ? ' onclick="openMenu(event)"' : ''}>${id}</button>`)
  .join('\n')}
</div>
<div id="out"></div>
${scripts.map((name) => `<script ${kind} src="/assets/${name}"></script>`).join('\n')}
</body></html>`;
