import type { RequestListener } from 'node:http';
import { pathOf } from '../support/web.ts';

/** Site of the journey, and a page of somebody else. */
export const SITE = 'shop.example';
export const ELSEWHERE = 'elsewhere.example';

/** An application of two pages that it draws itself, with a file that Firefox does not open in a tab of its own. */
const HTML = `<!doctype html><html lang="en"><head><title>Shop</title>
<script defer src="http://stats.example.com/p.full.js" data-site="${SITE}" data-release="7"></script></head><body>
<button id="next">Next</button>
<button id="buy" data-passerby-event="Buy" data-passerby-plan="pro" data-passerby-revenue="12.50 EUR">Buy</button>
<button id="fail">Fail</button>
<a id="out" href="http://${ELSEWHERE}/there?with=query">Elsewhere</a>
<a id="file" href="/prices.zip" download>Prices</a>
<form name="search" action="/found"><input name="q" value="rye"><button id="find">Find</button></form>
<div style="height: 3000px"></div>
<script src="/app.js"></script></body></html>`;

const SCRIPT = `
const on = (id, act) => { document.getElementById(id).onclick = act; };
on('next', () => { history.pushState({}, '', '/checkout'); document.title = 'Checkout'; });
on('fail', function checkOut() { null.cart; });
`;

export const shop: RequestListener = (request, response) => {
  const path = pathOf(request.url);
  if (path === '/app.js') return response.setHeader('content-type', 'text/javascript').end(SCRIPT);
  if (path.endsWith('.zip')) return response.setHeader('content-type', 'application/octet-stream').end('prices');
  return response.setHeader('content-type', 'text/html; charset=utf-8').end(HTML);
};

export const elsewhere: RequestListener = (_, response) =>
  response.setHeader('content-type', 'text/html').end('<title>Elsewhere</title>');
