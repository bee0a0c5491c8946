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

/** `text` with a citation put in at a place. */
export const insertCitation = (text: string, at: number, citation: Citation): string => `${text.slice(0, at)}${formatCitation(citation)}${text.slice(at)}`;
