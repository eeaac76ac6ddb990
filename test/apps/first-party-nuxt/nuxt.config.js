const { PASSERBY } = process.env;

export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  telemetry: false,
  routeRules: {
    '/p.js': { proxy: `${PASSERBY}/p.js` },
    '/in': { proxy: `${PASSERBY}/in` },
  },
  app: { head: { title: 'Home', script: [{ src: '/p.js', defer: true, 'data-site': 'shop.example' }] } },
});
