import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as archiveRoom from '../../src-main/archive/index.ts';
import { evidenceId, indicatorCode, sha256 as asSha256 } from '../../src-main/domain/ids.ts';
import type { Catalog } from '../../src-main/domain/catalog.ts';
import { fileItem, makeArchive, reopen, smallCatalog } from './archive-fixture.ts';

const {
  addExport, addProofMark, addReviewFinding, answerReviewFinding, assignReviewFinding, beginImportBatch, changeApplication, changeEvidence, closeReviewFinding, countArchive,
  countByIndicator, endImportBatch, findEvidenceBySha256, getEvidence, getLastExport, getPrintedExport, getReport, getSetting, linkEvidence, listCertificates, listDeclarations, listEvents, listEventsOf,
  listEvidence, listExports, listImportBatches, listLinksOfIndicator, listProofMarks, listReviewFindings, listReviewRounds, listRevisions, listSignOffs, listUnitTasks, listValues,
  listWaivers, openReviewRound, readApplication, readCatalog, readSnapshot, removeProofMark, removeSignOff, removeValue, removeWaiver, reorderLinks, replaceEvidenceFile,
  setCertificate, setDeclaration, setReport, setSetting, setSignOff, setUnitTask, setValue, setWaiver, transact, trashEvidence, unlinkEvidence, writeCatalog,
} = archiveRoom;

const one = indicatorCode('1');
const two = indicatorCode('5.2');

describe('catalog', () => {
  it('comes back exactly as it was written, key for key', async () => {
    const archive = await makeArchive();
    expect(JSON.stringify(readCatalog(archive.db))).toBe(JSON.stringify(smallCatalog));
    archive.close();
    expect(readCatalog((await reopen(archive.folder)).db)).toEqual(smallCatalog);
  });

  it('brings back the built-in catalog too', async () => {
    const archive = await makeArchive();
    const builtin: Catalog = JSON.parse(readFileSync(new URL('../../resources/catalogs/shinan-2024.json', import.meta.url), 'utf8'));
    transact(archive.db, '王敏', (tx) => writeCatalog(tx, builtin));
    expect(JSON.stringify(readCatalog(archive.db))).toBe(JSON.stringify(builtin));
  });

  it('writes down only what was edited, and keeps what was filed for an indicator that is gone', async () => {
    const archive = await makeArchive();
    transact(archive.db, '王敏', (tx) => setValue(tx, { indicator: two, year: 2023, value: 80, unit: '%', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null }));
    const before = listEvents(archive.db, 1)[0]?.seq ?? 0;
    const groups = smallCatalog.groups.map((group) => ({ ...group, indicators: group.indicators.filter((item) => item.code !== two) }));
    transact(archive.db, '王敏', (tx) => writeCatalog(tx, { ...smallCatalog, groups }));
    expect(readCatalog(archive.db)).toEqual({ ...smallCatalog, groups });
    const written = listEvents(archive.db, 50).filter((event) => event.seq > before);
    expect(written.map((event) => [event.subjectKind, event.subject[0]]).sort()).toEqual([['indicator', '23'], ['indicator', '5.2'], ['indicator', 'N.1']]);
    expect(listValues(archive.db)).toHaveLength(1);
  });

  it('refuses two indicators of one code and changes nothing', async () => {
    const archive = await makeArchive();
    const group = smallCatalog.groups[0];
    if (group === undefined) throw new Error('no group');
    expect(() => transact(archive.db, '', (tx) => writeCatalog(tx, { ...smallCatalog, groups: [group, { ...group, code: 'Z' }] }))).toThrow(/two of the same/);
    expect(readCatalog(archive.db)).toEqual(smallCatalog);
  });

  it('keeps contacts and due dates of units', async () => {
    const archive = await makeArchive();
    const task = { unit: '区生态环境局', indicator: '', contact: '张三', phone: '0532-1', due: '2024-03-20', note: '' };
    transact(archive.db, '王敏', (tx) => setUnitTask(tx, task));
    transact(archive.db, '王敏', (tx) => setUnitTask(tx, { ...task, due: '2024-03-25' }));
    expect(listUnitTasks(archive.db)).toEqual([{ ...task, due: '2024-03-25' }]);
  });
});

describe('evidence', () => {
  it('starts with nothing guessed and takes every fact', async () => {
    const archive = await makeArchive();
    const { id, sha256 } = await fileItem(archive, '关于水质的通知', { fileName: '水质.pdf', fileKind: 'pdf' });
    expect(getEvidence(archive.db, id)).toMatchObject({ retention: '', kind: null, confirmed: false, secrecy: '', original: '', photoFacts: null, imagePixels: null, integrity: 'ok', proofMarks: 0, trashedAt: null });
    const facts = {
      kind: 'photo', title: '河道现场', titleMade: true, documentNumber: '青环〔2023〕7号', issuer: '区生态环境局', date: '2023-05-01', secrecy: '内部', retention: '永久', original: 'copy',
      originalPlace: '三号柜', draft: true, sealed: true, confirmed: true, validUntil: '2025-12-31', integrity: 'changed', hasPersonalId: true, imagePixels: 4000, pages: 3,
      photoFacts: { time: '2023', place: '河边', people: '张三', subject: '巡河', background: 'b', occasion: 'o' }, suggestions: [{ code: '1', score: 0.5, words: ['水质'] }],
      details: { dpi: 300 }, boundFile: 'pdf/x.pdf', boundNote: '近似转换', source: '/media/usb/水质.pdf',
    } as const;
    expect(transact(archive.db, '王敏', (tx) => changeEvidence(tx, id, facts))).toBe(true);
    expect(getEvidence(archive.db, id)).toMatchObject({ ...facts, id, sha256 });
    expect(transact(archive.db, '王敏', (tx) => changeEvidence(tx, id, facts)), 'nothing differs').toBe(false);
    expect(findEvidenceBySha256(archive.db, sha256).map((item) => item.id)).toEqual([id]);
  });

  it('keeps the file before when another takes its place', async () => {
    const archive = await makeArchive();
    const { id, sha256 } = await fileItem(archive, '旧稿');
    const other = asSha256('b'.repeat(64));
    transact(archive.db, '王敏', (tx) => replaceEvidenceFile(tx, id, { sha256: other, fileName: '新.pdf', fileKind: 'pdf', bytes: 5, pages: 2, reason: '盖章后' }));
    expect(getEvidence(archive.db, id)).toMatchObject({ sha256: other, fileName: '新.pdf', pages: 2 });
    expect(listRevisions(archive.db, id)).toMatchObject([{ number: 1, sha256, reason: '盖章后', replacedBy: '王敏' }]);
  });

  it('lists what is linked to nothing, not confirmed, in 回收站, or has the words', async () => {
    const archive = await makeArchive();
    const a = await fileItem(archive, '空气质量年报', { confirmed: true });
    const b = await fileItem(archive, '水质年报');
    const c = await fileItem(archive, '废稿');
    transact(archive.db, '王敏', (tx) => {
      linkEvidence(tx, { evidenceId: a.id, indicator: one, year: 2023, requirement: 'data' });
      trashEvidence(tx, c.id);
    });
    const ids = (...args: Parameters<typeof listEvidence> extends [unknown, ...infer Rest] ? Rest : never): readonly string[] => listEvidence(archive.db, ...args).map((item) => item.id);
    expect(ids()).toEqual([a.id, b.id]);
    expect(ids('unlinked')).toEqual([b.id]);
    expect(ids('unconfirmed')).toEqual([b.id]);
    expect(ids('trash')).toEqual([c.id]);
    expect(ids('all', '水 质')).toEqual([b.id]);
    expect(countArchive(archive.db)).toEqual({ evidence: 2, pages: 2, bytes: 30, unlinked: 1, unconfirmed: 1, trashed: 1 });
  });

  it('counts its proof marks', async () => {
    const archive = await makeArchive();
    const { id } = await fileItem(archive, '通知');
    const mark = transact(archive.db, '王敏', (tx) => addProofMark(tx, { evidenceId: id, page: 1, lines: [{ x1: 20, y1: 50, x2: 90, y2: 50 }], note: '' }));
    expect(getEvidence(archive.db, id)?.proofMarks).toBe(1);
    expect(listProofMarks(archive.db, id)).toEqual([{ id: mark, evidenceId: id, page: 1, lines: [{ x1: 20, y1: 50, x2: 90, y2: 50 }], note: '' }]);
    transact(archive.db, '王敏', (tx) => removeProofMark(tx, mark));
    expect(getEvidence(archive.db, id)?.proofMarks).toBe(0);
  });

  it('refuses to change what is not there, and writes no event', async () => {
    const archive = await makeArchive();
    const events = listEvents(archive.db, 999).length;
    expect(() => transact(archive.db, '', (tx) => changeEvidence(tx, evidenceId('nobody'), { title: 'x' }))).toThrow(/nobody/);
    expect(() => transact(archive.db, '', (tx) => linkEvidence(tx, { evidenceId: evidenceId('nobody'), indicator: one, year: null, requirement: '' }))).toThrow(/FOREIGN KEY/);
    expect(listEvents(archive.db, 999)).toHaveLength(events);
  });
});

describe('what is said of evidence', () => {
  it('keeps links in their order, one for each year and requirement', async () => {
    const archive = await makeArchive();
    const [a, b, c] = [await fileItem(archive, '甲'), await fileItem(archive, '乙'), await fileItem(archive, '丙')];
    transact(archive.db, '王敏', (tx) => {
      for (const item of [a, b, c]) linkEvidence(tx, { evidenceId: item.id, indicator: one, year: 2023, requirement: '' });
      linkEvidence(tx, { evidenceId: a.id, indicator: one, year: null, requirement: 'data', note: '全期' });
      linkEvidence(tx, { evidenceId: a.id, indicator: two, year: 2022, requirement: '' });
    });
    transact(archive.db, '王敏', (tx) => reorderLinks(tx, one, [c.id, b.id]));
    expect(listLinksOfIndicator(archive.db, one).map((link) => [link.evidenceId, link.year, link.order, link.note])).toEqual([
      [c.id, 2023, 0, ''], [b.id, 2023, 1, ''], [a.id, null, 2, '全期'], [a.id, 2023, 2, ''],
    ]);
    transact(archive.db, '王敏', (tx) => expect(unlinkEvidence(tx, { evidenceId: a.id, indicator: one, year: null, requirement: 'data' })).toBe(true));
    transact(archive.db, '王敏', (tx) => expect(unlinkEvidence(tx, { evidenceId: a.id, indicator: one, year: null, requirement: 'data' })).toBe(false));
    expect(countByIndicator(archive.db).get(one)?.evidence).toBe(3);
  });

  it('gives the rules everything but what lies in 回收站', async () => {
    const archive = await makeArchive();
    const kept = await fileItem(archive, '监测年报');
    const gone = await fileItem(archive, '作废');
    const value = { indicator: one, year: 2023, value: 96.3, unit: '%', numerator: 351, denominator: 365, sourceEvidence: kept.id, sourcePage: 2 };
    transact(archive.db, '王敏', (tx) => {
      setValue(tx, value);
      setValue(tx, { ...value, year: 2022, sourceEvidence: gone.id });
      setReport(tx, { indicator: one, text: '达到96.3%', citations: [{ evidenceId: kept.id, page: 2 }, { evidenceId: gone.id, page: 1 }] });
      setDeclaration(tx, { indicator: indicatorCode('23'), number: 2, answer: 'no', signedBy: '赵', certificate: gone.id });
      setSignOff(tx, { indicator: one, unit: '区生态环境局', kind: 'signed', by: '张三', at: '2024-03-01' });
      setWaiver(tx, { rule: 'long-without-mark', indicator: one, evidenceId: null, reason: '图册', by: '李', at: '2024-03-02' });
      linkEvidence(tx, { evidenceId: gone.id, indicator: one, year: 2022, requirement: '' });
      const round = openReviewRound(tx, '省级资料审核');
      addReviewFinding(tx, { round, indicator: one, text: '缺2021年数据', raisedBy: '专家' });
      trashEvidence(tx, gone.id);
    });
    const snapshot = readSnapshot(archive.db, '2024-03-05');
    expect(snapshot.today).toBe('2024-03-05');
    expect(snapshot.evidence.map((item) => item.id)).toEqual([kept.id]);
    expect(snapshot.links).toEqual([]);
    expect(snapshot.values).toEqual([{ ...value, year: 2022, sourceEvidence: null, sourcePage: null }, value]);
    expect(snapshot.reports).toEqual([{ indicator: one, text: '达到96.3%', citations: [{ evidenceId: kept.id, page: 2 }] }]);
    expect(snapshot.declarations).toEqual([{ indicator: '23', number: 2, answer: 'no', signedBy: '赵', certificate: null }]);
    expect(snapshot.signOffs).toEqual([{ indicator: one, unit: '区生态环境局', kind: 'signed', by: '张三', at: '2024-03-01' }]);
    expect(snapshot.waivers).toEqual([{ rule: 'long-without-mark', indicator: one, evidenceId: null, reason: '图册', by: '李', at: '2024-03-02' }]);
    expect(snapshot.reviewFindings).toMatchObject([{ round: 1, indicator: one, text: '缺2021年数据', state: 'open' }]);
    expect(countByIndicator(archive.db).get(one)).toEqual({ evidence: 0, values: 2, hasReport: true, declarations: 0, signOffs: 1 });
    expect(countByIndicator(archive.db).size).toBe(4);
  });

  it('takes back values, sign-offs and waivers', async () => {
    const archive = await makeArchive();
    transact(archive.db, '王敏', (tx) => {
      setValue(tx, { indicator: one, year: 2023, value: 1, unit: '', numerator: null, denominator: null, sourceEvidence: null, sourcePage: null });
      setSignOff(tx, { indicator: one, unit: 'u', kind: 'declared-none', by: '' });
      setWaiver(tx, { rule: 'r', indicator: null, evidenceId: null, reason: 'x', by: 'y' });
    });
    transact(archive.db, '王敏', (tx) => {
      expect([removeValue(tx, one, 2023), removeSignOff(tx, one, 'u'), removeWaiver(tx, { rule: 'r', indicator: null, evidenceId: null })]).toEqual([true, true, true]);
      expect([removeValue(tx, one, 2023), removeSignOff(tx, one, 'u'), removeWaiver(tx, { rule: 'r', indicator: null, evidenceId: null })]).toEqual([false, false, false]);
    });
    expect([listValues(archive.db), listSignOffs(archive.db), listWaivers(archive.db), listDeclarations(archive.db), getReport(archive.db, one)]).toEqual([[], [], [], [], null]);
  });

  it('follows a certificate and a review finding on their way', async () => {
    const archive = await makeArchive();
    const answer = await fileItem(archive, '补充材料');
    const certificate = { indicator: indicatorCode('N.1'), number: 0, unit: '区水利局', state: 'printed', evidenceId: null, printedAt: '2024-03-01', returnedAt: '', note: '' } as const;
    const id = transact(archive.db, '王敏', (tx) => {
      setCertificate(tx, certificate);
      setCertificate(tx, { ...certificate, state: 'returned', evidenceId: answer.id, returnedAt: '2024-03-09' });
      return addReviewFinding(tx, { round: openReviewRound(tx, '初审'), indicator: null, text: '目录页号不符', raisedBy: '专家甲' });
    });
    transact(archive.db, '王敏', (tx) => assignReviewFinding(tx, id, '区生态环境局', '2024-05-10'));
    transact(archive.db, '张三', (tx) => answerReviewFinding(tx, id, { answer: '已重排', answerEvidence: [answer.id], answeredBy: '张三' }));
    transact(archive.db, '王敏', (tx) => closeReviewFinding(tx, id, '王敏'));
    expect(listCertificates(archive.db)).toEqual([{ ...certificate, state: 'returned', evidenceId: answer.id, returnedAt: '2024-03-09' }]);
    expect(listReviewRounds(archive.db)).toMatchObject([{ number: 1, name: '初审', closedAt: '' }]);
    expect(listReviewFindings(archive.db)).toMatchObject([{ id, assignedTo: '区生态环境局', due: '2024-05-10', answer: '已重排', answerEvidence: [answer.id], answeredBy: '张三', closedBy: '王敏', state: 'closed' }]);
    expect(listEventsOf(archive.db, 'review-finding', [id]).map((event) => [event.verb, event.actor])).toEqual([
      ['raise-finding', '王敏'], ['assign-finding', '王敏'], ['answer-finding', '张三'], ['close-finding', '王敏'],
    ]);
  });
});

describe('bookkeeping', () => {
  it('keeps settings, the application, imports and exports', async () => {
    const archive = await makeArchive();
    expect(getSetting(archive.db, 'volume-by')).toBeUndefined();
    const manifest = { schema: 1, version: 1, files: [{ path: '第1卷.pdf', kind: 'volume', pages: 10, bytes: 5, sha256: 'a'.repeat(64) }] } as const;
    transact(archive.db, '王敏', (tx) => {
      setSetting(tx, 'volume-by', { by: 'group' });
      changeApplication(tx, { fondsCode: 'Z109', fondsName: '青南市生态环境局市南分局' });
      addExport(tx, { version: 1, draft: true, pages: 10, plan: { volumes: [] }, manifest, note: '' });
      addExport(tx, { version: 2, draft: false, pages: 10, plan: { volumes: [] }, manifest: { ...manifest, version: 2 }, note: '' });
      addExport(tx, { version: 3, draft: true, pages: 10, plan: { volumes: [] }, manifest: { ...manifest, version: 3 }, note: '' });
    }, { undoable: false });
    const batch = beginImportBatch(archive.db, '王敏', '/media/usb');
    endImportBatch(archive.db, batch, { imported: 2, duplicates: 1, rejected: [{ file: 'x', error: 'file-empty' }] });
    expect(getSetting(archive.db, 'volume-by')).toEqual({ by: 'group' });
    expect(readApplication(archive.db)).toMatchObject({ fondsCode: 'Z109', title: '样品档案库' });
    expect(listExports(archive.db).map((one) => [one.version, one.draft, one.actor])).toEqual([[1, true, '王敏'], [2, false, '王敏'], [3, true, '王敏']]);
    expect([getLastExport(archive.db, false)?.version, getLastExport(archive.db, true)?.version, getPrintedExport(archive.db)?.version]).toEqual([3, 2, 2]);
    expect(getLastExport(archive.db, true)?.manifest.files).toEqual(manifest.files);
    expect(listImportBatches(archive.db)).toMatchObject([{ id: batch, imported: 2, duplicates: 1, rejected: [{ file: 'x', error: 'file-empty' }] }]);
  });
});
