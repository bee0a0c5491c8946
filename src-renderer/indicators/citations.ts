/** A page that a report cites, written `〔见 e12ab:3〕`: bound volumes print volume and stamped page in its place. */
export interface Citation {
  readonly id: string;
  readonly page: number;
}

const pattern = /〔见\s*(e[0-9a-z]+)\s*[:：]\s*(\d+)〕/gu;

export const formatCitation = ({ id, page }: Citation): string => `〔见 ${id}:${page}〕`;

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

/**
 * Whether a person who has just typed up to `at` asks for a citation: 见 after a bracket, a mark, a figure or at the beginning. Within
 * words (意见, 常见) it is a word like others.
 */
export function asksForCitation(text: string, at: number): boolean {
  if (text.charAt(at - 1) !== '见') return false;
  const before = text.charAt(at - 2);
  return before === '' || !/\p{Script=Han}/u.test(before);
}

/** `text` with the 见 before `at` (and an open 〔 before that) turned into a citation. */
export function replaceCitationWord(text: string, at: number, citation: Citation): string {
  const from = text.charAt(at - 1) !== '见' ? at : text.charAt(at - 2) === '〔' ? at - 2 : at - 1;
  return `${text.slice(0, from)}${formatCitation(citation)}${text.slice(at)}`;
}

/** `text` with a citation put in at a place. */
export const insertCitation = (text: string, at: number, citation: Citation): string => `${text.slice(0, at)}${formatCitation(citation)}${text.slice(at)}`;
