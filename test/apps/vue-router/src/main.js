import { createApp } from 'vue';
import { createRouter, createWebHistory } from 'vue-router';
import App from './App.vue';
import Moved from './Moved.vue';
import Page from './Page.vue';

/** Pages are fetched when they are asked for, and set their titles; or the router does, by what it knows of them. */
const isAsync = import.meta.env.MODE === 'async';
const component = isAsync ? () => import('./TitledPage.vue') : Page;
const lateComponent = async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return import('./TitledPage.vue');
};
const titled = (path, title) => ({ path, component, props: { title }, meta: { title } });

const router = createRouter({
  history: createWebHistory(),
  routes: [
    titled('/', 'Home'),
    titled('/a', 'A'),
    titled('/b/1', 'B 1'),
    titled('/b/2', 'B 2'),
    { path: '/late', component: isAsync ? () => import('./Late.vue') : lateComponent, props: { title: 'Late' } },
    { path: '/moved', component: Moved, props: { to: '/moved/on' }, meta: { title: 'Moved' } },
    { path: '/moved/on', component: Moved, props: { to: '/a' }, meta: { title: 'Moved' } },
  ],
});
const setTitle = ({ meta }) => {
  if (meta.title) document.title = meta.title;
};
if (import.meta.env.MODE === 'before-each') router.beforeEach(setTitle);
if (import.meta.env.MODE === 'after-each') router.afterEach(setTitle);

createApp(App).use(router).mount('#app');
