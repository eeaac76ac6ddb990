import { expect, it } from 'vitest';
import { scriptName } from './script-name.ts';

it.each([
  // Bundlers and frameworks, two builds each.
  ['https://a.example/assets/index-BkT9x_Qz.js', '', true],
  ['https://a.example/assets/index-D8s-_LmA.js', '', true],
  ['https://a.example/assets/cart-BkT9x_Qz.js', 'cart', true],
  ['https://a.example/assets/cart-DkQxLmAz.js', 'cart', true],
  ['https://a.example/assets/UserCard-BkT9xaQz.js', 'UserCard', true],
  ['https://a.example/assets/index-legacy-BkT9x_Qz.js', '', true],
  ['https://a.example/static/js/main.3f2a9c8b.js', '', true],
  ['https://a.example/static/js/main.3f2a9c8b.chunk.js', '', true],
  ['https://a.example/static/js/2.77aa01be.chunk.js', '', true],
  ['https://a.example/app.55e7cbb9ba48.js', '', true],
  ['https://a.example/checkout.min.0123456789abcdef0123456789abcdef.js', 'checkout', true],
  ['https://a.example/chunk-ABCD2345.js', '', true],
  ['https://a.example/chunk-QWERTYUI.js', '', true],
  ['https://a.example/checkout-ZXCVBNMA.mjs', 'checkout', true],
  ['https://a.example/index.1a2b3c4d.js', '', true],
  ['https://a.example/dist/cart.f9e8d7c6.js', 'cart', true],
  ['https://a.example/_next/static/chunks/app/cart/page-0a1b2c3d4e5f6a7b.js', 'cart', true],
  ['https://a.example/_next/static/chunks/pages/_app-0a1b2c3d4e5f6a7b.js', '', true],
  ['https://a.example/_next/static/chunks/938-0a1b2c3d4e5f6a7b.js', '', true],
  ['https://a.example/_next/static/chunks/4bd1b696-0a1b2c3d4e5f6a7b.js', '', true],
  ['https://a.example/_nuxt/entry.BkT9x_Qz.js', '', true],
  ['https://a.example/_nuxt/BkT9x_Qz.js', '', true],
  ['https://a.example/_app/immutable/nodes/3.DkQ7x_1a.js', '', true],
  ['https://a.example/_app/immutable/chunks/DkQ7x_1a.js', '', true],
  ['https://a.example/_app/immutable/entry/app.BkT9x_Qz.js', '', true],
  ['https://a.example/_astro/Search.BkT9x_Qz.js', 'Search', true],
  ['https://a.example/packs/js/cart-0a1b2c3d4e5f6a7b8c9d.js', 'cart', true],
  // Written by hand.
  ['https://a.example/js/cart.js?v=17', 'cart', false],
  ['https://b.example/js/cart.min.js#x', 'cart', false],
  ['https://a.example/1.2.3/cart.js', 'cart', false],
  ['https://a.example/app.js', '', false],
  ['https://a.example/wp-content/plugins/booking/js/main.js', 'booking', false],
  ['https://a.example/js/UserCard.js', 'UserCard', false],
  ['https://a.example/js/image-lightbox.js', 'image-lightbox', false],
  ['https://a.example/js/html5shiv.js', 'html5shiv', false],
  ['https://a.example/js/customer_accounts.js', 'customer_accounts', false],
  // Pages.
  ['https://a.example/', '', false],
  ['https://a.example/products/17', '', false],
  ['https://a.example/about.html', '', false],
  ['blob:https://a.example/0b8f', '', false],
  ['webpack-internal:///./src/cart.js', 'cart', false],
])('%s is %j', (url, name, isBuilt) => {
  expect(scriptName(url)).toMatchObject({ name, isBuilt });
});

it.each([
  'https://a.example/assets/vendor-BkT9x_Qz.js',
  'https://a.example/js/chunk-vendors.0a1b2c3d.js',
  'https://a.example/js/vendors~cart.0a1b2c3d.js',
  'https://a.example/_next/static/chunks/framework-0a1b2c3d4e5f6a7b.js',
  'https://a.example/polyfills-ABCD2345.js',
  'https://a.example/node_modules/.vite/deps/react-dom_client.js?v=0a1b2c3d',
  'https://cdn.example/jquery-3.7.1.min.js',
  'https://cdn.example/react-dom.production.min.js',
])('%s is a library', (url) => {
  expect(scriptName(url).isLibrary).toBe(true);
});
