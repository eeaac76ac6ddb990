/** Characters at the end that are always shown: enough to tell two long paths apart. */
const TAIL = 14;
/** Shorter beginnings are not worth cutting. */
const HEAD = 3;

/** A text that loses its middle where there is no room for all of it; it is read out whole. */
export const Cut = ({ value }: { value: string }) => {
  const head = value.length > TAIL + HEAD ? value.length - TAIL : 0;
  return (
    <span class="cut">
      <span>{value.slice(0, head)}</span>
      <span>{value.slice(head)}</span>
    </span>
  );
};
