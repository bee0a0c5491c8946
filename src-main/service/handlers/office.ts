import { changeApplication, setSetting, transact } from '../../archive/index.ts';
import type { ReadableDb } from '../../archive/index.ts';
import { succeed } from '../../contract/index.ts';
import type { CallOutput } from '../../contract/index.ts';
import { readOffice, settingNames } from '../binding/office.ts';
import type { HandlersOf } from '../handler.ts';

function viewOffice(db: ReadableDb, today: string): CallOutput<'office.read'> {
  const { applicant, fondsName, fondsCode, category, organ, retention, retentions, compiler, inspector, superior, contact } = readOffice(db, today);
  return { applicant, fondsName, fondsCode, category, organ, retention, retentions: [...retentions], compiler, inspector, superior, contact };
}

export const officeHandlers: HandlersOf<'office.read' | 'office.change'> = {
  'office.read': (_input, session) => session.read(({ db }) => succeed(viewOffice(db, session.today))),

  'office.change': ({ change }, session) =>
    session.write(({ db }) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const { applicant, fondsName, fondsCode, ...stated } = { ...viewOffice(db, session.today), ...given };
      transact(
        db,
        session.actor,
        (tx) => {
          changeApplication(tx, { applicant, fondsName, fondsCode });
          setSetting(tx, settingNames.office, stated);
        },
        { label: '修改全宗与装订信息' },
      );
      return succeed(viewOffice(db, session.today));
    }),
};
