import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ArchiveFault, listEvidence, openArchive, setSetting, transact } from '../../src-main/archive/index.ts';
import { writerNotePath } from '../../src-main/archive/layout.ts';
import { expectTrouble, expectValue, fileItem, makeArchive, reopen } from './archive-fixture.ts';

const opener = join(import.meta.dirname, 'open-in-child.ts');

/** Another process that tries to open the archive, tells how it went, and then waits. */
const openElsewhere = async (folder: string, probe = 'wal'): Promise<{ child: ChildProcess; answer: unknown }> => {
  const child = fork(opener, [folder, probe], { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [answer] = await once(child, 'message');
  return { child, answer };
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

/** The note a writer on another machine would leave. */
const writeForeignNote = (folder: string, more: Record<string, unknown> = {}): void =>
  writeFileSync(
    writerNotePath(folder),
    JSON.stringify({ host: '档案室电脑', user: '李强', pid: 4242, since: '2024-03-01T01:00:00.000Z', machine: 'another', started: '', token: 'foreign', beat: 7, ...more }),
  );

const quick = { beatMs: 40, expireMs: 300 };

describe('one writer per archive', () => {
  it('refuses a second opener of the same process and says who holds it', async () => {
    const archive = await makeArchive();
    const trouble = expectTrouble(await openArchive(archive.folder));
    expect(trouble).toMatchObject({ code: 'archive-locked', heldBy: { host: hostname(), pid: process.pid } });
  });

  it('refuses another process, which can read meanwhile and write once the first closed', async () => {
    const archive = await makeArchive();
    const refused = await openElsewhere(archive.folder);
    expect(refused.answer).toMatchObject({ ok: false, code: 'archive-locked', heldBy: { pid: process.pid } });
    await end(refused.child, 'SIGTERM');
    archive.close();
    const taken = await openElsewhere(archive.folder);
    expect(taken.answer).toMatchObject({ ok: true, readOnly: false });
    const reading = expectValue(await openArchive(archive.folder, { allowReadOnlyFallback: true }));
    expect(reading.readOnly && reading.because).toBe('locked');
    expect(reading.readOnly && reading.heldBy?.pid).toBe(taken.child.pid);
    reading.close();
    await end(taken.child, 'SIGTERM');
  });

  it('lets exactly one of several processes in that start together', async () => {
    const archive = await makeArchive();
    archive.close();
    const all = await Promise.all([1, 2, 3].map(() => openElsewhere(archive.folder)));
    expect(all.filter(({ answer }) => typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true)).toHaveLength(1);
  });

  it.each(['wal', 'rollback'])('heals the lock of a killed process at once (%s)', async (probe) => {
    const archive = await makeArchive();
    archive.close();
    const { child, answer } = await openElsewhere(archive.folder, probe);
    expect(answer).toMatchObject({ ok: true });
    await end(child, 'SIGKILL');
    expect(existsSync(writerNotePath(archive.folder))).toBe(true);
    const again = await reopen(archive.folder, { probe: () => Promise.resolve(probe === 'wal' ? 'wal' : 'rollback') });
    expect(listEvidence(again.db)).toEqual([]);
  });

  it('trusts the note alone where locks do not work: a number that another process has now is not the writer', async () => {
    const archive = await makeArchive();
    const note: unknown = JSON.parse(readFileSync(writerNotePath(archive.folder), 'utf8'));
    archive.close();
    // This very machine, a living process (our parent), but one that started at another time than the writer.
    writeFileSync(writerNotePath(archive.folder), JSON.stringify(Object.assign({}, note, { pid: process.ppid, started: '1' })));
    await reopen(archive.folder, { probe: () => Promise.resolve('rollback') });
  });

  it('leaves a living writer on another machine its archive, and takes over from one that fell silent', async () => {
    const archive = await makeArchive();
    archive.close();
    writeForeignNote(archive.folder);
    const trouble = expectTrouble(await openArchive(archive.folder, { lockTimes: { beatMs: 15_000, expireMs: 90_000 } }));
    expect(trouble).toMatchObject({ code: 'archive-locked', heldBy: { host: '档案室电脑', user: '李强' } });
    const twoMinutesAgo = Date.now() / 1000 - 120;
    utimesSync(writerNotePath(archive.folder), twoMinutesAgo, twoMinutesAgo);
    await reopen(archive.folder);
  });

  it('watches the beats where the clock was set back, so that a note from the future holds nothing for ever', async () => {
    const archive = await makeArchive();
    archive.close();
    writeForeignNote(archive.folder);
    const nextYear = Date.now() / 1000 + 365 * 86_400;
    utimesSync(writerNotePath(archive.folder), nextYear, nextYear);
    await reopen(archive.folder, { lockTimes: quick });
  });

  it('sees that a writer with a wrong clock lives by its beats', async () => {
    const archive = await makeArchive();
    archive.close();
    let beat = 1;
    const write = (): void => {
      writeForeignNote(archive.folder, { beat: (beat += 1) });
      const nextYear = Date.now() / 1000 + 365 * 86_400;
      utimesSync(writerNotePath(archive.folder), nextYear, nextYear);
    };
    write();
    const timer = setInterval(write, 10);
    onTestFinished(() => clearInterval(timer));
    expect(expectTrouble(await openArchive(archive.folder, { lockTimes: quick })).code).toBe('archive-locked');
  });

  it('refuses to write once another machine took over, and names it', async () => {
    const archive = await makeArchive();
    await fileItem(archive, '先写的');
    writeForeignNote(archive.folder);
    const write = (): void => transact(archive.db, '王敏', (tx) => setSetting(tx, 'k', 1));
    expect(write).toThrow(ArchiveFault);
    expect(write).toThrow(/archive-locked/);
    archive.close();
    expect(existsSync(writerNotePath(archive.folder)), 'the note of the new writer stays').toBe(true);
  });
});
