import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A website with our script tag on its pages. */
export interface TestSite {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const link = (href: string): string => `<a href="${href}">${href}</a>`;

/** Two pages of their own, each loaded whole. */
const PAGES: Readonly<Record<string, { title: string; body: string }>> = {
  '/': { title: 'Home', body: link('/pricing.html') },
  '/pricing.html': {
    title: 'Pricing',
    body: `${link('/')}<button onclick="passerby.track('buy', { plan: 'pro' })">Buy</button><div style="height: 3000px"></div>`,
  },
};

/** An application that draws its pages itself. */
const APP = {
  title: 'App',
  body: `
    <nav>${link('/app/inbox')} ${link('/app/settings')}</nav>
    <h1></h1>
    <button id="filter">Filter</button><button id="log">Log</button><button id="fail">Fail</button>
    <script src="/app.js"></script>`,
};

const APP_SCRIPT = `
const show = () => {
  document.querySelector('h1').textContent = document.title = 'App ' + location.pathname;
};
for (const a of document.querySelectorAll('nav a')) {
  a.onclick = (event) => {
    event.preventDefault();
    history.pushState({}, '', a.href);
    show();
  };
}
const on = (id, act) => { document.getElementById(id).onclick = act; };
on('filter', () => history.replaceState({}, '', location.pathname + '?only=unread'));
on('log', () => passerby.log('warn', 'cart could not be restored', { items: 3 }));
on('fail', function checkOut() { null.cart; });
show();
`;

const html = (title: string, tag: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${tag}</head><body>${body}</body></html>`;

/** Serves the site on a free port of the loopback. @param tag the script tag in the head of its pages */
export const startSite = async (tag: string): Promise<TestSite> => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/app.js') return response.setHeader('content-type', 'text/javascript').end(APP_SCRIPT);
    const page = pathname.startsWith('/app/') ? APP : PAGES[pathname];
    if (page === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', 'text/html; charset=utf-8').end(html(page.title, tag, page.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** The tag for a site on this machine, which is not counted otherwise; with errors and logs. */
export const localTag = (collector: string, domain: string): string =>
  `<script defer src="${collector}/p.full.js" data-site="${domain}" data-local></script>`;
