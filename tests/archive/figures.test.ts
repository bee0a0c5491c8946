import { describe, expect, it } from 'vitest';
import { linkEvidence, putPageTexts, readSnapshot, setUnitTask, setValue, transact, trashEvidence, writeCatalog } from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { checkCompleteness } from '../../src-main/domain/completeness.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import type { EvidenceId, Sha256 } from '../../src-main/domain/ids.ts';
import type { FigureFacts } from '../../src-main/domain/snapshot.ts';
import { fileItem, makeArchive, smallCatalog } from './archive-fixture.ts';

const one = indicatorCode('1');

/** Files an item whose pages read so. */
async function fileText(archive: WritableArchive, title: string, pages: readonly string[], requirement = 'data'): Promise<{ readonly id: EvidenceId; readonly sha256: Sha256 }> {
  const item = await fileItem(archive, title);
  read(archive, item.sha256, pages);
  transact(archive.db, '王敏', (tx) => linkEvidence(tx, { evidenceId: item.id, indicator: one, year: null, requirement }));
  return item;
}

const read = (archive: WritableArchive, sha: Sha256, pages: readonly string[]): void =>
  putPageTexts(archive.db, sha, pages.map((text, at) => ({ page: at + 1, text })), { state: 'done', source: 'pdf', note: '' });

const figuresOf = (archive: WritableArchive): readonly FigureFacts[] => readSnapshot(archive.db, '2024-04-12').figures ?? [];

describe('figures in the evidence', () => {
  it('are found on their page, also where print breaks the sentence or the name', async () => {
    const archive = await makeArchive();
    const { id } = await fileText(archive, '监测年报', ['封面', '一、总体情况。经市级部门核定,2023年环境空气质量\n优良天数比例为96.3%,比上年提高1.2个百分点。\n二、其他']);
    expect(figuresOf(archive)).toMatchObject([{ indicator: '1', year: 2023, value: 96.3, unit: '%', evidenceId: id, page: 2 }]);
  });

  it('are told with both places where they contradict what was entered', async () => {
    const archive = await makeArchive();
    const { id } = await fileText(archive, '监测年报', ['2023年环境空气质量优良天数比例为93.6%。']);
    transact(archive.db, '王敏', (tx) => setValue(tx, { indicator: one, year: 2023, value: 96.3, unit: '%', numerator: null, denominator: null, sourceEvidence: id, sourcePage: 1 }));
    const findings = checkCompleteness(smallCatalog, readSnapshot(archive.db, '2024-04-12')).findings.filter((finding) => finding.rule === 'figures.contradict');
    expect(findings).toMatchObject([{ indicator: '1', evidence: id }]);
    expect(findings[0]?.message).toContain('填报96.3%');
    expect(findings[0]?.message).toContain('《监测年报》第1页写93.6%');
  });

  it.each([
    ['a goal', '2023年目标:环境空气质量优良天数比例控制在93.6%以上。'],
    ['a goal as a number', '2023年环境空气质量优良天数比例目标值为93.6%。'],
    ['another year', '2019年环境空气质量优良天数比例为93.6%。'],
    ['no year', '环境空气质量优良天数比例为93.6%。'],
    ['another quantity', '2023年优良水体断面比例为93.6%。'],
  ])('are not what states %s', async (_name, sentence) => {
    const archive = await makeArchive();
    await fileText(archive, '材料', [sentence]);
    expect(figuresOf(archive)).toEqual([]);
  });

  it('are not taken from orders, from what is not filed, or from 回收站', async () => {
    const archive = await makeArchive();
    const sentence = '2023年环境空气质量优良天数比例为93.6%。';
    await fileText(archive, '任务书', [sentence], 'task');
    read(archive, (await fileItem(archive, '没有归入指标')).sha256, [sentence]);
    const gone = await fileText(archive, '作废', [`作废。${sentence}`]);
    expect(figuresOf(archive)).toHaveLength(1);
    transact(archive.db, '王敏', (tx) => trashEvidence(tx, gone.id));
    expect(figuresOf(archive)).toEqual([]);
  });

  it('follow a text that is read again and a catalog that is edited', async () => {
    const archive = await makeArchive();
    const { sha256 } = await fileText(archive, '扫描件', ['2023年环境空气质量优良天数比例为98.3%。']);
    expect(figuresOf(archive).map((figure) => figure.value)).toEqual([98.3]);
    // The time of reading tells a new text from the old one, to the millisecond.
    const before = Date.now();
    while (Date.now() <= before);
    read(archive, sha256, ['2023年环境空气质量优良天数比例为96.3%。']);
    expect(figuresOf(archive).map((figure) => figure.value)).toEqual([96.3]);
    const groups = smallCatalog.groups.map((group) => ({ ...group, indicators: group.indicators.map((item) => (item.code === one ? { ...item, name: '蓝天指数' } : item)) }));
    transact(archive.db, '王敏', (tx) => writeCatalog(tx, { ...smallCatalog, groups }));
    expect(figuresOf(archive)).toEqual([]);
  });
});

describe('due dates of units', () => {
  it('reach the rules without contact and phone', async () => {
    const archive = await makeArchive();
    transact(archive.db, '王敏', (tx) => setUnitTask(tx, { unit: '区生态环境局', indicator: '1', contact: '张三', phone: '0532', due: '2024-04-01', note: '催' }));
    expect(readSnapshot(archive.db, '2024-04-12').unitTasks).toEqual([{ unit: '区生态环境局', indicator: '1', due: '2024-04-01' }]);
  });
});
