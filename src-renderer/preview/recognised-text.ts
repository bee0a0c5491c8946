import type { CallOutput } from '../../src-main/contract/index.ts';
import { call } from '../api/client.ts';
import type { PagePart } from './mark-geometry.ts';
import { findMatches } from './text-search.ts';
import type { TextMatch } from './text-search.ts';

type ReadPage = CallOutput<'evidence.pageText'>;

/** What recognition found of some words on a page. */
export interface RecognisedFind {
  /** For each match the parts of the page that it covers; none where it is not known where the words stand. */
  readonly matches: readonly (readonly PagePart[])[];
  /** Whether the page is still to be read. */
  readonly waiting: boolean;
}

const nothing: RecognisedFind = { matches: [], waiting: false };

/** Below so many letters a page's own text is a stamp or a page number on a scan: what its picture says counts too. */
const LEAST_LETTERS = 16;

/** Whether a page's own text is too little to be its text. */
export const isBare = (runs: readonly string[]): boolean => (runs.join('').match(/[\p{L}\p{N}]/gu)?.length ?? 0) < LEAST_LETTERS;

/** The text of a document's scanned pages as recognition read it, each page asked for once. */
export class RecognisedText {
  readonly #evidence: string;
  readonly #pages = new Map<number, Promise<ReadPage | null>>();

  constructor(evidence: string) {
    this.#evidence = evidence;
  }

  async find(page: number, query: string): Promise<RecognisedFind> {
    const read = await this.#read(page);
    if (read === null) return nothing;
    if (!read.recognised) return { matches: [], waiting: read.waiting };
    const placed = findMatches(read.runs.map(({ text }) => text), query);
    // Words that stand in the text but in no one run of it, or whose places are not known: the page is shown all the same.
    if (placed.length === 0) return { matches: findMatches([read.text], query).map(() => []), waiting: false };
    return { matches: placed.map((match) => partsOf(read, match)), waiting: false };
  }

  #read(page: number): Promise<ReadPage | null> {
    const known = this.#pages.get(page);
    if (known !== undefined) return known;
    const asked = call('evidence.pageText', { id: this.#evidence, page }).then((reply) => (reply.ok ? reply.value : null));
    this.#pages.set(page, asked);
    // What is not read yet is asked for again.
    void asked.then((read) => (read?.recognised === true ? undefined : this.#pages.delete(page)));
    return asked;
  }
}

/** Room that letters take in a line: Latin letters and digits about half of an ideograph. */
const roomOf = (text: string): number => [...text].reduce((sum, letter) => sum + (/^[\u0020-\u024f]$/u.test(letter) ? 0.55 : 1), 0);

/** Where a match stands: recognition knows the place of each line, and within it the letters share its length. */
export function partsOf({ runs, turn }: Pick<ReadPage, 'runs' | 'turn'>, { from, to }: TextMatch): readonly PagePart[] {
  return runs.slice(from.run, to.run + 1).map((run, index) => {
    const start = index === 0 ? from.offset : 0;
    const end = from.run + index === to.run ? to.offset : run.text.length;
    const whole = Math.max(roomOf(run.text), 0.01);
    const [begin, length] = [roomOf(run.text.slice(0, start)) / whole, roomOf(run.text.slice(start, end)) / whole];
    const { x, y, w, h } = run;
    // `turn`: degrees clockwise by which the page must be turned to be read, so its lines run the other way round.
    if (turn === 180) return { x: x + w * (1 - begin - length), y, w: w * length, h };
    if (turn === 90) return { x, y: y + h * (1 - begin - length), w, h: h * length };
    if (turn === 270) return { x, y: y + h * begin, w, h: h * length };
    return { x: x + w * begin, y, w: w * length, h };
  });
}
