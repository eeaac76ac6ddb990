import { facts, onClick, show } from '../lib/page.js';

const byDue = (cards) => cards.toSorted((one, other) => one.due.getTime() - other.due.getTime());

const removeCard = (list, card) => {
  list.removeChild(card);
  list.dataset.count = String(list.children.length);
};

const tagsOf = (card) => {
  const [first, ...rest] = card.tags;
  return rest.length > 0 ? `${first} and ${rest.length} more` : first;
};

const handlers = {
  handleEvent(event) {
    const column = event.currentTarget.closest('.column');
    column.dataset.over = 'true';
  },
};

const undoLast = (stack) => {
  const last = stack.pop();
  last();
};

export const mountList = () => {
  onClick('card-due', () => show(byDue([{ due: new Date(facts.now) }, { due: null }]).length));
  onClick('card-remove', () => removeCard(document.createElement('ul'), document.createElement('li')));
  onClick('card-tags', () => show(tagsOf({ tags: null })));
  onClick('column-over', handlers);
  onClick('undo-empty', () => undoLast([]));
};
