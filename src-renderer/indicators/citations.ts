import { shortenMiddle } from '../ui/shorten-middle.ts';

/** A page that a report cites, stored as `〔见 e12ab:3〕`: bound volumes print volume and stamped page in its place. */
export interface Citation {
  readonly id: string;
  readonly page: number;
}

const pattern = /〔见\s*(e[0-9a-z]+)\s*[:：]\s*(\d+)〕/gu;

export const formatCitation = ({ id, page }: Citation): string => `〔见 ${id}:${page}〕`;

/** An item as a citation of it names it. */
export interface CitedTitle {
  readonly id: string;
  readonly title: string;
}

/** Letters of a title in the text; the list under it names the document in full. */
const LABEL_ROOM = 20;

/** What stands for each item between 《 and 》, no two alike. */
function labelsOf(evidence: readonly CitedTitle[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const { id, title } of evidence) {
    const short = shortenMiddle(title.replaceAll(/\s/gu, ''), LABEL_ROOM);
    const times = (taken.get(short) ?? 0) + 1;
    taken.set(short, times);
    labels.set(id, times === 1 ? short : `${short}·${times}`);
  }
  return labels;
}

/** `〔见《污水处理率数据表》第3页〕`: a citation as it is read in the editor. One of an item that is not there stands as it is stored. */
export function nameCitation(citation: Citation, evidence: readonly CitedTitle[]): string {
  const label = labelsOf(evidence).get(citation.id);
  return label === undefined ? formatCitation(citation) : `〔见《${label}》第${citation.page}页〕`;
}

/** A stored text with its citations as they are read. */
export function showCitations(text: string, evidence: readonly CitedTitle[]): string {
  const labels = labelsOf(evidence);
  return text.replaceAll(pattern, (stored: string, id: string, page: string) => {
    const label = labels.get(id);
    return label === undefined ? stored : `〔见《${label}》第${Number(page)}页〕`;
  });
}

/** The text to store for one that `showCitations` made and a person went on with. */
export function storeCitations(shown: string, evidence: readonly CitedTitle[]): string {
  let text = shown;
  for (const [id, label] of labelsOf(evidence)) {
    const escaped = label.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
    text = text.replaceAll(new RegExp(`〔见《${escaped}》第(\\d+)页〕`, 'gu'), (_shown: string, page: string) => formatCitation({ id, page: Number(page) }));
  }
  return text;
}

/** The pages a text cites, each once, in the order in which they first stand in it. */
export function readCitations(text: string): readonly Citation[] {
  const found = new Map<string, Citation>();
  for (const [, id = '', page = ''] of text.matchAll(pattern)) {
    const citation = { id, page: Number(page) };
    found.set(formatCitation(citation), citation);
  }
  return [...found.values()];
}

/** The text as it is read aloud: without its citations. */
export const withoutCitations = (text: string): string => text.replaceAll(/〔见[^〕]*〕/gu, '');

/** 见 with these before it points to something, too. */
const POINTING = /[详参]$/u;

/**
 * Whether a person who has just put in text up to `at` asks for a citation: 见 after a bracket, a mark, a figure or at the beginning, or
 * 详见, 参见. Within words (意见, 常见) it is a word like others.
 */
export function asksForCitation(text: string, at: number): boolean {
  if (text.charAt(at - 1) !== '见') return false;
  const before = text.charAt(at - 2);
  return before === '' || !/\p{Script=Han}/u.test(before) || POINTING.test(before);
}

/** What a 见 that became a citation takes with it: 〔 or （ opened for it, 详 or 参. */
const OPENED = /(?:[〔（(]?[详参]?)$/u;

/** `text` with the 见 before `at` (and what was opened for it) turned into a citation, given as it is to be written. */
export function replaceCitationWord(text: string, at: number, citation: string): string {
  const from = text.charAt(at - 1) === '见' ? at - 1 - (OPENED.exec(text.slice(0, at - 1))?.[0].length ?? 0) : at;
  return `${text.slice(0, from)}${citation}${text.slice(at)}`;
}

/** `text` with a citation put in at a place. */
export const insertCitation = (text: string, at: number, citation: string): string => `${text.slice(0, at)}${citation}${text.slice(at)}`;
