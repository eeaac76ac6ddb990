interface ChoiceProps {
  label: string;
  options: readonly { readonly id: string; readonly title: string }[];
  /** Id of an option. */
  chosen: string;
  onChoose: (id: string) => void;
}

/** One of a few things, where the address does not say which. */
export const Choice = ({ label, options, chosen, onChoose }: ChoiceProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend of its own
  <div class="kinds" role="group" aria-label={label}>
    {options.map(({ id, title }) => (
      <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
        {title}
      </button>
    ))}
  </div>
);
