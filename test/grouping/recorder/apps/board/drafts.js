import { invariant } from '../lib/invariant.js';
import { facts, onClick, show } from '../lib/page.js';

class ValidationError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = this.constructor.name === 'Error' ? 'Error' : 'ValidationError';
  }
}

const validate = (card) => {
  if (card.title.length > 300)
    throw new ValidationError(`Title of card ${card.id} is too long (${card.title.length} > 300)`);
  if (card.tags.length === 0) throw new ValidationError(`Card ${card.id} has no tag`);
};

const openDraft = (id) => {
  invariant(id !== '', 'A draft needs an id');
  const describe = () => `Draft ${id} of ${owner}`;
  show(describe());
  const owner = facts.user;
  show(`${describe()}, ${owner}`);
};

const publish = async (card) => {
  try {
    validate(card);
  } catch (cause) {
    throw new Error('The card could not be published', { cause });
  }
};

export const mountDrafts = () => {
  const long = { id: facts.small, title: 'x'.repeat(300 + (facts.small % 90)), tags: [] };
  onClick('title-long', () => queueMicrotask(() => validate(long)));
  onClick('tags-none', () => validate({ id: facts.small, title: 'Buy flour', tags: [] }));
  onClick('draft-early', () => openDraft(facts.order));
  onClick('draft-id', () => openDraft(''));
  onClick('publish-cause', () => publish(long));
};
