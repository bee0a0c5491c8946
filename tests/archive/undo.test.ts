import { describe, expect, it } from 'vitest';
import {
  changeEvidence, emptyTrash, getEvidence, linkEvidence, listDeclarations, listLinks, listSignOffs, listTrash, listValues, listWaivers, readCatalog, readSnapshot, readUndoState, redo,
  setDeclaration, setReport, setSignOff, setValue, setWaiver, transact, trashEvidence, undoLast, unlinkEvidence, verifyArchive, writeCatalog,
} from '../../src-main/archive/index.ts';
import type { Tx } from '../../src-main/archive/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import type { EvidenceId } from '../../src-main/domain/ids.ts';
import { expectTrouble, expectValue, fileItem, makeArchive, reopen, smallCatalog } from './archive-fixture.ts';

const code = indicatorCode('1');
const value = { indicator: code, year: 2023, value: 96.3, unit: '%', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null };
const link = (id: EvidenceId) => ({ evidenceId: id, indicator: code, year: 2023, requirement: 'data' });

const changes: readonly (readonly [string, (tx: Tx, id: EvidenceId) => void])[] = [
  ['a field of an item', (tx, id) => changeEvidence(tx, id, { title: '改后的题名', retention: '永久', confirmed: true })],
  ['a new link', (tx, id) => linkEvidence(tx, { ...link(id), year: 2021 })],
  ['a removed link', (tx, id) => unlinkEvidence(tx, link(id))],
  ['a value changed', (tx) => setValue(tx, { ...value, value: 12 })],
  ['a value added', (tx) => setValue(tx, { ...value, year: 2021 })],
  ['a report', (tx, id) => setReport(tx, { indicator: code, text: '情况说明', citations: [{ evidenceId: id, page: 1 }] })],
  ['a declaration', (tx) => setDeclaration(tx, { indicator: indicatorCode('23'), number: 1, answer: 'yes', signedBy: '', certificate: null })],
  ['a sign-off', (tx) => setSignOff(tx, { indicator: code, unit: 'u', kind: 'signed', by: 'x' })],
  ['a waiver', (tx) => setWaiver(tx, { rule: 'r', indicator: code, evidenceId: null, reason: 'x', by: 'y' })],
  ['回收站', (tx, id) => trashEvidence(tx, id)],
  ['an edited catalog', (tx) => writeCatalog(tx, { ...smallCatalog, title: '另一个', groups: smallCatalog.groups.slice(0, 1), units: [] })],
  ['several of them at once', (tx, id) => [changeEvidence(tx, id, { title: 'x' }), setValue(tx, { ...value, value: 1 }), unlinkEvidence(tx, link(id)), trashEvidence(tx, id)]],
];

describe('undo', () => {
  it.each(changes)('takes back and does again: %s', async (_name, change) => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '通知');
    transact(archive.db, '王敏', (tx) => {
      linkEvidence(tx, link(id));
      setValue(tx, value);
    });
    const state = (): unknown => ({ ...readSnapshot(archive.db, ''), catalog: readCatalog(archive.db), trash: listTrash(archive.db) });
    const before = state();
    transact(archive.db, '王敏', (tx) => change(tx, id), { label: '这一步' });
    const after = state();
    expect(after).not.toEqual(before);
    expect(expectValue(undoLast(archive.db, '王敏')).label).toBe('这一步');
    expect(state()).toEqual(before);
    expect(readUndoState(archive.db).redo).toBe('这一步');
    expectValue(redo(archive.db, '王敏'));
    expect(state()).toEqual(after);
    expectValue(undoLast(archive.db, '王敏'));
    expect(state()).toEqual(before);
    expect((await verifyArchive(archive)).problems, 'every step stands in the log').toEqual([]);
  });

  it('goes back step by step and forward again, also after a restart', async () => {
    const archive = await makeArchive();
    for (const year of [2021, 2022, 2023]) transact(archive.db, '', (tx) => setValue(tx, { ...value, year }));
    expectValue(undoLast(archive.db, ''));
    expectValue(undoLast(archive.db, ''));
    archive.close();
    const again = await reopen(archive.folder);
    expect(listValues(again.db).map((one) => one.year)).toEqual([2021]);
    expectValue(redo(again.db, ''));
    expect(listValues(again.db).map((one) => one.year)).toEqual([2021, 2022]);
    expectValue(redo(again.db, ''));
    expect(expectTrouble(redo(again.db, ''))).toEqual({ code: 'nothing-to-undo' });
    for (let step = 0; step < 3; step += 1) expectValue(undoLast(again.db, ''));
    expect(expectTrouble(undoLast(again.db, ''))).toEqual({ code: 'nothing-to-undo' });
    expect(readCatalog(again.db), 'the making of the archive cannot be undone').toEqual(smallCatalog);
  });

  it('has nothing to do again once something else was done', async () => {
    const archive = await makeArchive();
    transact(archive.db, '', (tx) => setValue(tx, value));
    expectValue(undoLast(archive.db, ''));
    transact(archive.db, '', (tx) => setSignOff(tx, { indicator: code, unit: 'u', kind: 'signed', by: '' }));
    expect(expectTrouble(redo(archive.db, '')).code).toBe('nothing-to-undo');
    expect([listValues(archive.db).length, listSignOffs(archive.db).length]).toEqual([0, 1]);
  });

  it('puts an imported item into 回收站 instead of losing it, and brings it back', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '通知');
    // What intake reads afterwards is no step of the clerk's and must not block the way back.
    transact(archive.db, '', (tx) => changeEvidence(tx, id, { pages: 7 }), { undoable: false });
    expectValue(undoLast(archive.db, ''));
    expect(listTrash(archive.db).map((item) => item.id)).toEqual([id]);
    expectValue(redo(archive.db, ''));
    expect(getEvidence(archive.db, id)).toMatchObject({ trashedAt: null, pages: 7 });
  });

  it('says so where it cannot, leaves everything, and goes on with the step before', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '通知');
    transact(archive.db, '', (tx) => setDeclaration(tx, { indicator: indicatorCode('23'), number: 1, answer: 'no', signedBy: '', certificate: null }));
    transact(archive.db, '', (tx) => linkEvidence(tx, link(id)));
    transact(archive.db, '', (tx) => unlinkEvidence(tx, link(id)), { label: '解除' });
    transact(archive.db, '', (tx) => trashEvidence(tx, id), { undoable: false });
    await emptyTrash(archive, '');
    expect(expectTrouble(undoLast(archive.db, ''))).toEqual({ code: 'undo-conflict', label: '解除' });
    expect(listLinks(archive.db)).toEqual([]);
    expect(expectTrouble(undoLast(archive.db, '')).code).toBe('undo-conflict');
    expectValue(undoLast(archive.db, ''));
    expect(listDeclarations(archive.db)).toEqual([]);
    expect(listWaivers(archive.db)).toEqual([]);
    expect((await verifyArchive(archive)).ok).toBe(true);
  });
});

describe('a transaction', () => {
  it('is whole or not at all, events included', async () => {
    const archive = await makeArchive();
    const events = (): unknown => archive.db.get('SELECT count(*) AS n FROM events');
    const before = events();
    const fall = (): void =>
      transact(archive.db, '', (tx) => {
        setValue(tx, value);
        throw new Error('in the middle');
      });
    expect(fall).toThrow('in the middle');
    expect(listValues(archive.db)).toEqual([]);
    expect(events()).toEqual(before);
  });

  it('that changes nothing leaves no trace', async () => {
    const archive = await makeArchive();
    transact(archive.db, '', (tx) => setValue(tx, value));
    const rows = archive.db.get('SELECT (SELECT count(*) FROM events) AS e, (SELECT count(*) FROM changes) AS c');
    transact(archive.db, '', (tx) => setValue(tx, value));
    expect(archive.db.get('SELECT (SELECT count(*) FROM events) AS e, (SELECT count(*) FROM changes) AS c')).toEqual(rows);
  });
});
