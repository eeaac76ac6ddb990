import { h, render } from 'preact';
import { Board } from './board.js';
import { mountBus } from './bus.js';
import { mountCache } from './cache.js';
import { mountDigest } from './digest.js';
import { mountDrafts } from './drafts.js';
import { mountLinks } from './links.js';
import { mountList } from './list.js';
import { mountPages } from './pages.js';
import { mountSearch } from './search.js';
import { mountThumbnails } from './thumbnails.js';
import { mountWidgets } from './widgets.js';

render(h(Board), document.querySelector('#root'));
for (const mount of [
  mountBus,
  mountCache,
  mountDigest,
  mountDrafts,
  mountLinks,
  mountList,
  mountPages,
  mountSearch,
  mountThumbnails,
  mountWidgets,
])
  mount();
