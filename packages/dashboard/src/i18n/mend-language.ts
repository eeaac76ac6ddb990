import { mendLanguage } from './language.ts';

// A module of its own: imports run in their order, before the body of whoever imports them.
mendLanguage(navigator);
