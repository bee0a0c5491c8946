import { getEvidence, searchArchive } from '../../archive/index.ts';
import { succeed } from '../../contract/index.ts';
import type { CallOutput } from '../../contract/index.ts';
import type { EvidenceId } from '../../domain/ids.ts';
import type { HandlersOf } from '../handler.ts';

type Answer = CallOutput<'search.query'>;

export const searchHandlers: HandlersOf<'search.query'> = {
  'search.query': ({ text, limit }, session) =>
    session.read(({ db }) => {
      const start = performance.now();
      const known = new Map<string, string>();
      /** What tells an item from others of its title. */
      const aboutOf = (id: EvidenceId): string => {
        const record = known.has(id) ? null : getEvidence(db, id);
        if (record !== null) known.set(id, [record.documentNumber || record.issuer, record.date].filter((part) => part !== '').join(' · '));
        return known.get(id) ?? '';
      };
      const hits: Answer['hits'][number][] = [];
      const places: Answer['places'][number][] = [];
      for (const hit of searchArchive(db, text, limit)) {
        switch (hit.kind) {
          case 'item':
          case 'page': {
            const { id, title, indicators, snippet } = hit;
            hits.push({ kind: hit.kind, id, title, page: hit.kind === 'page' ? hit.page : 1, snippet: snippet.text, from: snippet.from, to: snippet.to, indicators, about: aboutOf(id) });
            break;
          }
          case 'indicator':
            places.push({ kind: 'indicator', code: hit.code, name: hit.name, sentence: hit.inPlan ? hit.snippet.text : '' });
            break;
          case 'unit':
            places.push({ kind: 'unit', code: '', name: hit.name, sentence: '' });
            break;
          default:
            hit satisfies never;
        }
      }
      return succeed({ hits, places, ms: Math.round((performance.now() - start) * 10) / 10 });
    }),
};
