import { Paragraph, TextRun, type FileChild, type Table, type TableRow } from 'docx';

/** What stands in a document by its look and its words: the library writes each look once, and the words are put into it as often as it occurs. */
interface Patterned<T> {
  /** Everything that decides the XML but for the words. */
  readonly look: string;
  readonly words: readonly string[];
  /** Writes it with other words in place of these; where one is empty it stays empty. */
  readonly make: (words: readonly string[]) => T;
}

export interface TablePart {
  readonly kind: 'table';
  readonly look: string;
  readonly rows: readonly Patterned<TableRow>[];
  readonly make: (rows: readonly TableRow[]) => Table;
}

export type BodyPart = ({ readonly kind: 'paragraph' } & Patterned<Paragraph>) | TablePart | { readonly kind: 'once'; readonly child: FileChild };

interface Piece {
  /** Of a table: its frame, which its rows follow. */
  readonly pattern: string;
  readonly words: readonly string[];
  readonly rows?: readonly { readonly pattern: string; readonly words: readonly string[] }[];
}

/** In the library's order: the patterns that an element of the written body gives; a table gives its frame and its rows. */
interface Exemplar {
  readonly pattern: string;
  readonly rows: readonly string[];
}

/** Private characters, which no paper's text can have. */
const word = (index: number): string => `\uE000${index}\uE001`;
const MARK = '\uE002';

/**
 * A document's body. The library takes a millisecond or two for each row of a list, and far less for a thousand rows of few looks: it writes one of each look,
 * all other XML repeats what it wrote.
 */
export class DocxBody {
  readonly #known = new Set<string>();
  readonly #exemplars: Exemplar[] = [];
  readonly #sections: Piece[][] = [];

  /** The children to hand to the library for a section that consists of `parts`. */
  section(parts: readonly BodyPart[]): FileChild[] {
    const children: FileChild[] = [];
    const pieces: Piece[] = [];
    // The library puts what it says of a section into the section's last paragraph: that one it writes itself.
    for (const part of parts.slice(0, -1)) {
      if (part.kind === 'once') {
        const pattern = `once ${this.#exemplars.length}`;
        this.#exemplars.push({ pattern, rows: [] });
        children.push(part.child);
        pieces.push({ pattern, words: [] });
      } else if (part.kind === 'paragraph') {
        const pattern = patternOf(part);
        if (this.#isNew(pattern)) {
          this.#exemplars.push({ pattern, rows: [] });
          children.push(part.make(part.words.map((text, index) => (text === '' ? '' : word(index)))));
        }
        pieces.push({ pattern, words: part.words });
      } else {
        const rows = part.rows.map((row) => ({ ...row, pattern: `${part.look} ${patternOf(row)}` }));
        const fresh = rows.filter(({ pattern }) => this.#isNew(pattern));
        if (this.#isNew(part.look) || fresh.length > 0) {
          const [first] = rows;
          const made = fresh.length > 0 || first === undefined ? fresh : [first];
          this.#exemplars.push({ pattern: part.look, rows: made.map(({ pattern }) => pattern) });
          children.push(part.make(made.map((row) => row.make(row.words.map((text, index) => (text === '' ? '' : word(index)))))));
        }
        pieces.push({ pattern: part.look, words: [], rows });
      }
    }
    this.#exemplars.push({ pattern: MARK, rows: [] });
    this.#sections.push(pieces);
    const last = parts.at(-1);
    return [...children, new Paragraph({ children: [new TextRun(MARK)] }), ...(last === undefined ? [] : [writeWhole(last)])];
  }

  #isNew(pattern: string): boolean {
    if (this.#known.has(pattern)) return false;
    this.#known.add(pattern);
    return true;
  }

  /** What the library wrote of all sections, as the whole body. */
  fill(xml: string): string {
    const patterns = new Map<string, Pattern>();
    const out: string[] = [];
    let exemplar = 0;
    let section = 0;
    let serial = 1_000_000;
    const begin = xml.indexOf('<w:body>') + '<w:body>'.length;
    out.push(xml.slice(0, begin));
    let at = begin;
    while (section < this.#sections.length) {
      const element = elementAt(xml, at);
      const expected = this.#exemplars[exemplar];
      if (element === null || expected === undefined) throw new Error('the written body is not as it was asked for');
      at += element.length;
      exemplar += 1;
      if (expected.pattern !== MARK) {
        for (const [name, text] of patternsIn(element, expected)) patterns.set(name, splitPattern(text));
        continue;
      }
      for (const piece of this.#sections[section] ?? []) {
        const pattern = patterns.get(piece.pattern);
        if (pattern === undefined) throw new Error('a look was not written');
        out.push(pattern.isBookmark ? renumber(setWords(pattern, piece.words), (serial += 1)) : setWords(pattern, piece.words));
        if (piece.rows === undefined) continue;
        for (const row of piece.rows) out.push(setWords(patterns.get(row.pattern) ?? pattern, row.words));
        out.push(TABLE_END);
      }
      section += 1;
      // The section's last paragraph, which is the library's own.
      const last = elementAt(xml, at);
      if (last !== null) {
        out.push(last);
        at += last.length;
      }
    }
    out.push(xml.slice(at));
    return out.join('');
  }
}

const patternOf = ({ look, words }: { readonly look: string; readonly words: readonly string[] }): string => `${look} ${words.map((text) => (text === '' ? '-' : 'x')).join('')}`;

function writeWhole(part: BodyPart): FileChild {
  if (part.kind === 'once') return part.child;
  return part.kind === 'paragraph' ? part.make(part.words) : part.make(part.rows.map((row) => row.make(row.words)));
}

interface Pattern {
  /** What stands before, between and after the words. */
  readonly between: readonly string[];
  /** Which word stands where. */
  readonly places: readonly number[];
  readonly isBookmark: boolean;
}

function splitPattern(xml: string): Pattern {
  const parts = xml.split(/\uE000(\d+)\uE001/u);
  return { between: parts.filter((_, index) => index % 2 === 0), places: parts.filter((_, index) => index % 2 === 1).map(Number), isBookmark: xml.includes('<w:bookmarkStart') };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', "'": '&apos;', '<': '&lt;', '>': '&gt;' };
const escapeWord = (text: string): string => text.replace(/[&"'<>]/gu, (character) => escapes[character] ?? character);

const setWords = ({ between, places }: Pattern, words: readonly string[]): string =>
  between.reduce((xml, part, index) => `${xml}${escapeWord(words[places[index - 1] ?? -1] ?? '')}${part}`);

const renumber = (xml: string, id: number): string => xml.replace(/(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")\d+"/gu, `$1${id}"`);

const TABLE_END = '</w:tbl>';
const ROW_END = '</w:tr>';

/** The paragraph or table that begins there; null where neither does. */
function elementAt(xml: string, at: number): string | null {
  if (xml.startsWith('<w:p/>', at)) return '<w:p/>';
  const end = xml.startsWith('<w:tbl>', at) ? TABLE_END : xml.startsWith('<w:p>', at) || xml.startsWith('<w:p ', at) ? '</w:p>' : null;
  return end === null ? null : xml.slice(at, xml.indexOf(end, at) + end.length);
}

function patternsIn(element: string, { pattern, rows }: Exemplar): readonly (readonly [string, string])[] {
  if (rows.length === 0) return [[pattern, element]];
  const first = element.indexOf('<w:tr>');
  const found: (readonly [string, string])[] = [[pattern, element.slice(0, first)]];
  let at = first;
  for (const row of rows) {
    const end = element.indexOf(ROW_END, at) + ROW_END.length;
    found.push([row, element.slice(at, end)]);
    at = end;
  }
  return found;
}
