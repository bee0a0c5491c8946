import { listConflicts, transact } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import { decideConflict, openPackAsArchive } from '../../exchange/index.ts';
import { readExchangeState } from '../exchange/exchange-state.ts';
import { refusedBy } from '../exchange/exchange-trouble.ts';
import { handOut, packTo } from '../exchange/hand-out.ts';
import { takeIn } from '../exchange/take-in.ts';
import { judgePackage, viewComparison, writeSubmission } from '../exchange/versions.ts';
import type { HandlersOf } from '../handler.ts';
import { readProfile } from '../papers/profile-setting.ts';
import { adoptArchive } from './archive.ts';

export const exchangeHandlers: HandlersOf<'exchange.state' | 'exchange.handOut' | 'exchange.pack' | 'exchange.open' | 'exchange.merge' | 'exchange.decide' | 'exchange.package' | 'exchange.verifyPackage' | 'exchange.compare'> = {
  'exchange.state': (_input, session) => session.readChecked(({ db }) => succeed(readExchangeState(db, session.today))),

  'exchange.handOut': (request, session, job) => session.write((archive) => handOut(archive, session, request, job)),

  'exchange.pack': (request, session, job) => session.write((archive) => packTo(archive, session, request, job)),

  'exchange.open': async ({ file, folder }, session, job) => {
    const opened = await openPackAsArchive(file, folder, { actor: session.actor, signal: job.signal, onProgress: (part) => job.progress(part, '打开任务包') });
    return opened.ok ? succeed(await adoptArchive(session, opened.value)) : refusedBy(opened.error);
  },

  'exchange.merge': ({ path }, session, job) => session.write((archive) => takeIn(archive, session, path, job)),

  'exchange.decide': ({ id, take }, session) =>
    session.write(({ db }) => {
      const trouble = transact(db, session.actor, (tx) => decideConflict(tx, id, take), { label: take === 'theirs' ? '裁定冲突：采用报送内容' : '裁定冲突：保留原有内容' });
      // One that was answered in the meantime, by another decision on the same words, needs none.
      return trouble === 'conflict-unknown' ? fail('conflict-unknown', id) : succeed({ open: listConflicts(db).length });
    }),

  'exchange.package': (request, session, job) => session.read((archive) => writeSubmission(archive, request, job)),

  'exchange.verifyPackage': ({ folder }, _session, job) => judgePackage(folder, job),

  'exchange.compare': ({ from, to }, session) => session.read(({ db }) => viewComparison(db, from, to, readProfile(db))),
};
