/**
 * One kind of text that must not be kept. Patterns find candidates, and each is linear in the length of the text: its
 * repetitions are bounded, or begin at a literal, or take all they meet.
 */
export interface Rule {
  /** Cheap: false where the rule can find nothing. */
  readonly hint: RegExp;
  /** The text, with a kind in brackets in the place of what was found. */
  readonly scrub: (text: string) => string;
}

export const applyRules = (rules: readonly Rule[], text: string): string =>
  rules.reduce((rest, { hint, scrub }) => (hint.test(rest) ? scrub(rest) : rest), text);

/** Rules that find nothing where `hint` finds nothing: most texts are asked once for all of them. */
export const rulesIf = (hint: RegExp, rules: readonly Rule[]): Rule => ({
  hint,
  scrub: (text) => applyRules(rules, text),
});

/** What stands in the candidate's place: a kind in brackets, or the candidate itself if it is none. */
type Replace = (found: string, ...groups: string[]) => string;

/** A rule for all that one pattern finds. */
export const rule = (hint: RegExp, pattern: RegExp, replace: Replace): Rule => ({
  hint,
  scrub: (text) => text.replace(pattern, replace),
});

export const always = (kind: string) => (): string => kind;

/** What a group before it has found stays. */
export const after =
  (kind: string) =>
  (_: string, before = ''): string =>
    before + kind;

export const when =
  (kind: string, holds: (found: string) => boolean) =>
  (found: string): string =>
    holds(found) ? kind : found;
