import { findEvents, lastEventBefore } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import { localDay, localTime } from '../domain/local-time.ts';
import type { EventLogModel } from '../papers/index.ts';
import { describeEvent, readTitles } from './event-words.ts';

/** Days that are offered by themselves. */
const MOST_DAYS = 100;

/** The moment (ISO 8601 in UTC) at which a day of this machine begins, or with `after` 1 the next one; empty for no day. */
export function momentOf(day: string, after: number): string {
  if (day === '') return '';
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + after).toISOString();
}

/** The latest days on which anything was done, newest first. */
export function listEventDays(db: ReadableDb): readonly string[] {
  const days: string[] = [];
  for (let last = lastEventBefore(db, Number.MAX_SAFE_INTEGER, ''); last !== null && days.length < MOST_DAYS; last = lastEventBefore(db, last.seq, momentOf(days.at(-1) ?? '', 0))) days.push(localDay(new Date(last.at)));
  return days;
}

/** What was done on a day, earliest first. */
export function readEventLog(db: ReadableDb, day: string): EventLogModel {
  const titleOf = readTitles(db);
  const events = findEvents(db, { limit: Number.MAX_SAFE_INTEGER, from: momentOf(day, 0), until: momentOf(day, 1) });
  return { day, rows: events.map((event) => ({ time: localTime(new Date(event.at)), actor: event.actor, text: describeEvent(db, event, titleOf).text })).toReversed() };
}
