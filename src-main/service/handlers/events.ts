import { findEvents, listActors } from '../../archive/index.ts';
import type { ReadableDb } from '../../archive/index.ts';
import { fail, succeed } from '../../contract/index.ts';
import type { CallArguments, CallOutput } from '../../contract/index.ts';
import { momentOf } from '../event-log.ts';
import { describeEvent, readTitles } from '../event-words.ts';
import type { HandlersOf } from '../handler.ts';

type Answer = CallOutput<'event.list'>;

/** Entries that one call reads at most; where the words are rare, the caller goes on. */
const LOOKED_AT = 4000;

function listPage(db: ReadableDb, { before, limit, from, until, actor, words }: CallArguments<'event.list'>): Answer {
  const wanted = words.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  const titleOf = readTitles(db);
  const found = findEvents(db, { limit: wanted.length === 0 ? limit : LOOKED_AT, ...(before === null ? {} : { before }), from: momentOf(from, 0), until: momentOf(until, 1), actor });
  const events: Answer['events'][number][] = [];
  let last = 0;
  for (const event of found) {
    if (events.length === limit) break;
    last = event.seq;
    const described = describeEvent(db, event, titleOf);
    const text = described.text.toLowerCase();
    if (wanted.every((word) => text.includes(word))) events.push({ seq: event.seq, at: event.at, actor: event.actor, ...described });
  }
  const ended = found.length < (wanted.length === 0 ? limit : LOOKED_AT) && found.at(-1)?.seq === last;
  return { events, next: found.length === 0 || ended || last === 1 ? null : last };
}

export const eventHandlers: HandlersOf<'event.list' | 'event.actors' | 'person.read' | 'person.write'> = {
  'event.list': (wish, session) => session.read(({ db }) => succeed(listPage(db, wish))),
  'event.actors': (_input, session) => session.read(({ db }) => succeed(listActors(db))),

  'person.read': (_input, session) => succeed({ name: session.person.name, account: session.account, kept: session.person.isKept }),

  'person.write': ({ name }, session) => {
    try {
      session.person.set(name);
      return succeed({});
    } catch {
      return fail('no-permission', '操作记录里的名字');
    }
  },
};
