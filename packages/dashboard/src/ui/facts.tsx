import type { ComponentChildren } from 'preact';

/** What something is called, and what it is; what is not known is left out. */
export type Fact = readonly [name: string, value: ComponentChildren] | null | false;

/** Names and values below each other. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map(
      (fact) =>
        fact && (
          <div key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        ),
    )}
  </dl>
);
