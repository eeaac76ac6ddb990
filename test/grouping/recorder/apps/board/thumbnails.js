import { facts, onClick, show } from '../lib/page.js';

const work = () => {
  self.onmessage = ({ data }) => self.postMessage(data.pixels.length);
};

const startWorker = () => {
  const source = new Blob([`(${work})()`], { type: 'text/javascript' });
  const worker = new Worker(URL.createObjectURL(source));
  worker.addEventListener('message', ({ data }) => show(data));
  worker.addEventListener('error', (event) => {
    throw new Error(`Thumbnail failed: ${event.message}`);
  });
  return worker;
};

export const mountThumbnails = () => {
  onClick('thumbnail-worker', () => startWorker().postMessage({ card: facts.small }));
};
