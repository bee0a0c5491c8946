/** A text cut into stretches that are, or are not, one of the words looked for (blanks part them; case does not matter). */
export function splitByWords(text: string, words: string): readonly { readonly text: string; readonly found: boolean }[] {
  const wanted = words.split(/\s+/u).filter((word) => word !== '');
  if (wanted.length === 0) return [{ text, found: false }];
  const escaped = wanted.toSorted((a, b) => b.length - a.length).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'iu'))
    .map((part, index) => ({ text: part, found: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
