import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface CardProps {
  title: string;
  lead?: ComponentChildren;
  class?: string;
  children?: ComponentChildren;
}

/** A part of a screen with a title of its own. */
export const Card = ({ title, lead, class: name = '', children }: CardProps) => {
  const id = useId();
  return (
    <section class={`card ${name}`} aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {lead && <p class="muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
};
