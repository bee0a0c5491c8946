import { addProofMark, getEvidence, listProofMarks, removeProofMark, transact } from '../../archive/index.ts';
import type { ProofMark } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { ProofMarkView } from '../../contract/index.ts';
import type { HandlersOf } from '../handler.ts';

const view = ({ id, page, lines, note }: Omit<ProofMark, 'evidenceId'>): ProofMarkView => ({ id, page, lines, note });

export const markHandlers: HandlersOf<'mark.list' | 'mark.add' | 'mark.remove'> = {
  'mark.list': ({ id }, session) => session.read(({ db }) => (getEvidence(db, id) === null ? fail('evidence-unknown', id) : succeed(listProofMarks(db, id).map(view)))),

  'mark.add': ({ id, page, lines, note }, session) =>
    session.write(({ db }) => {
      const record = getEvidence(db, id);
      if (record === null) return fail('evidence-unknown', id);
      if (page > record.pages) return fail('wrong-input', id, `这件材料只有${record.pages}页，没有第${page}页`);
      const mark = transact(db, session.actor, (tx) => addProofMark(tx, { evidenceId: id, page, lines, note }), { label: `在“${record.title === '' ? record.fileName : record.title}”第${page}页划印证标识` });
      return succeed(view({ id: mark, page, lines, note }));
    }),

  'mark.remove': ({ id, mark }, session) =>
    session.write(({ db }) => {
      const record = getEvidence(db, id);
      const present = listProofMarks(db, id).find((candidate) => candidate.id === mark);
      if (record === null || present === undefined) return fail('evidence-unknown', id);
      transact(db, session.actor, (tx) => removeProofMark(tx, mark), { label: `取消“${record.title === '' ? record.fileName : record.title}”第${present.page}页的印证标识` });
      return succeed({});
    }),
};
