/**
 * Makes the test of a text against a pattern in which `*` stands for any characters, or for none. What stands between
 * two stars is looked for from left to right and taken where it comes first, which is always right: no text makes it
 * go back, as it could with a regular expression.
 *
 * @example glob('/shop/*.pdf')('/shop/2024/list.pdf') === true
 */
export const glob = (pattern: string): ((text: string) => boolean) => {
  const [head = '', ...pieces] = pattern.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return (text) => text === head;
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    let at = head.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= text.length - tail.length;
  };
};
