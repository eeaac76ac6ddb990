/** Remembers what was worked out, for that takes a hundred times longer; a full memory is emptied. */
export const memoize = <Key, Value>(most: number, workOut: (key: Key) => Value): ((key: Key) => Value) => {
  const known = new Map<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const value = workOut(key);
    known.set(key, value);
    return value;
  };
};
