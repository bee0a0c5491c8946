import { redo, undoLast } from '../../archive/index.ts';
import type { Undone, UndoTrouble, WritableDb } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { Envelope } from '../../contract/index.ts';
import type { Result } from '../../domain/result.ts';
import type { HandlersOf } from '../handler.ts';
import type { Session } from '../session.ts';

function stepBack(session: Session, step: (db: WritableDb, actor: string) => Result<Undone, UndoTrouble>): Promise<Envelope<{ readonly text: string }>> {
  return session.write(({ db }) => {
    const result = step(db, session.actor);
    if (result.ok) return succeed({ text: result.value.label });
    return result.error.code === 'nothing-to-undo' ? fail('nothing-to-undo') : fail('undo-conflict', result.error.label);
  });
}

export const historyHandlers: HandlersOf<'history.undo' | 'history.redo'> = {
  'history.undo': (_input, session) => stepBack(session, undoLast),
  'history.redo': (_input, session) => stepBack(session, redo),
};
