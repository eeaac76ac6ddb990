import { onClick, show } from '../lib/page.js';

const compile = (formula) => new Function('card', `return ${formula}`);

const progress = compile('card.done.length / card.tasks.length');

const chart = (widget) => {
  const points = (() => {
    switch (widget.kind) {
      case 'line':
        return widget.points;
      default:
        throw new RangeError(`A widget cannot be "${widget.kind}"`);
    }
  })();
  return points.length;
};

export const mountWidgets = () => {
  onClick('formula-done', () => show(progress({ tasks: [1] })));
  onClick('widget-kind', () => show(chart({ kind: 'pie' })));
};
