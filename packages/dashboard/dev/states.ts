import type { ComponentType } from 'preact';

/** A piece in its states: what each is called, and what shows it. */
export type States = Readonly<Record<string, ComponentType>>;

/** Pieces by the name of their file in `src/ui/`. */
export type Sections = Readonly<Record<string, States>>;
