import { splitByWords } from './split-by-words.ts';

/** A text with the words that were looked for marked in it. */
export function Marked({ text, words }: { readonly text: string; readonly words: string }) {
  return splitByWords(text, words).map((part, index) => (part.found ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>));
}
