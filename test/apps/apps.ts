/** An application of the test: the same pages, links and titles, by each framework in its usual way. */
export interface App {
  /** The framework, and how titles are set where it has several ways. */
  readonly name: string;
  /** Its package, whose version is told. */
  readonly package: string;
  /** The folder that was built, below `dist`; missing: the pages of `server-pages.ts`. */
  readonly built?: string;
  /** One page is all pages. */
  readonly isSingle?: true;
  /** Pages are behind `#`. */
  readonly byHash?: true;
}

export const APPS: readonly App[] = [
  { name: 'React Router, effect', package: 'react-router', built: 'react-effect/dist', isSingle: true },
  { name: 'React Router, <title>', package: 'react-router', built: 'react-element/dist', isSingle: true },
  { name: 'React Router, hash', package: 'react-router', built: 'react-hash/dist', isSingle: true, byHash: true },
  { name: 'Vue Router, afterEach', package: 'vue-router', built: 'vue-after-each/dist', isSingle: true },
  { name: 'Vue Router, beforeEach', package: 'vue-router', built: 'vue-before-each/dist', isSingle: true },
  { name: 'Vue Router, async', package: 'vue-router', built: 'vue-async/dist', isSingle: true },
  { name: 'Next, app router', package: 'next', built: 'next-app/out' },
  { name: 'Next, pages router', package: 'next', built: 'next-pages/out' },
  { name: 'Nuxt', package: 'nuxt', built: 'nuxt/.output/public' },
  { name: 'SvelteKit', package: '@sveltejs/kit', built: 'sveltekit/build' },
  { name: 'Astro, ClientRouter', package: 'astro', built: 'astro/dist' },
  { name: 'Turbo Drive', package: '@hotwired/turbo' },
  { name: 'htmx, hx-boost', package: 'htmx.org' },
];
