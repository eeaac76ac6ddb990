import { onClick, show } from '../lib/page.js';

const depth = (category) => {
  const depths = category.children.map((child) => depth(child));
  return 1 + Math.max(0, ...depths);
};

const flatten = (category, into = []) => {
  into.push(category.name);
  for (const child of category.children) flatten(child, into);
  return into;
};

export const mountCategories = () => {
  const bread = { name: 'Bread', children: [] };
  const all = { name: 'All', children: [bread] };
  bread.children.push(all);
  onClick('category-depth', () => show(depth(all)));
  onClick('category-flat', () => show(flatten(all).length));
};
