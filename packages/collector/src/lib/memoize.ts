/** Remembers what was worked out, for that takes a hundred times longer; a full memory is emptied. */
export const memoize = <Key, Value>(most: number, workOut: (key: Key) => Value): ((key: Key) => Value) => {
  const known = new Map<Key, Value>();
  // Mostly the same is asked again at once: the quarter of an hour that it is, today.
  let last: { readonly key: Key; readonly value: Value } | undefined;
  return (key) => {
    if (last?.key === key) return last.value;
    const value = known.get(key) ?? workOut(key);
    if (known.size >= most) known.clear();
    known.set(key, value);
    last = { key, value };
    return value;
  };
};
