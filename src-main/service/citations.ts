import { getEvidence } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import { evidenceId } from '../domain/ids.ts';
import type { EvidenceId } from '../domain/ids.ts';

/** A page that a report cites, as the editor writes it: `〔见 e12ab:3〕`. */
export const citationPattern = /〔见\s*(e[0-9a-z]+)\s*[::]\s*(\d+)〕/gu;

/** The pages that a report's text cites; evidence that is not in the archive is left out. */
export const citationsOf = (db: ReadableDb, text: string): readonly { readonly evidenceId: EvidenceId; readonly page: number }[] =>
  [...text.matchAll(citationPattern)].flatMap(([, id = '', page = '']) => {
    const record = getEvidence(db, evidenceId(id));
    return record === null ? [] : [{ evidenceId: record.id, page: Number(page) }];
  });
