import { BUTTONS } from './sections/buttons.tsx';
import { FIELDS } from './sections/fields.tsx';
import { FIGURES } from './sections/figures.tsx';
import { FRAMES } from './sections/frames.tsx';
import { LINKS } from './sections/links.tsx';
import type { Sections } from './states.ts';

/** All pieces of `src/ui/`; a test sees to it that none is missing. */
export const SECTIONS: Sections = { ...BUTTONS, ...FIELDS, ...FIGURES, ...FRAMES, ...LINKS };
