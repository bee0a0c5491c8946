import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { addEvidence, addExport, createArchive, openArchive, putObject, transact } from '../../src-main/archive/index.ts';
import type { ArchiveSurroundings, NewEvidence, WritableArchive } from '../../src-main/archive/index.ts';
import type { Catalog, Indicator } from '../../src-main/domain/catalog.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import type { EvidenceId, Sha256 } from '../../src-main/domain/ids.ts';
import type { Result } from '../../src-main/domain/result.ts';

/** The value, or a failed test that shows the trouble. */
export const expectValue = <Value, Trouble>(result: Result<Value, Trouble>): Value => {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
};

/** The trouble, or a failed test. */
export const expectTrouble = <Value, Trouble>(result: Result<Value, Trouble>): Trouble => {
  if (result.ok) throw new Error('expected trouble, got a value');
  return result.error;
};

/** A folder of its own that goes when the test ends. */
export const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangdang-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const indicator = (code: string, name: string, more: Partial<Indicator> = {}): Indicator => ({
  code: indicatorCode(code),
  name,
  kind: 'assessed',
  target: { kind: 'value', text: '≥95%', op: '>=', value: 95, unit: '%', ratio: true },
  lead: ['区生态环境局'],
  assist: ['区农业农村局'],
  note: '',
  declarations: [],
  sentence: `${name}达到95%以上。`,
  requirements: [{ id: 'data', name: '指标数据表', kind: 'data-table', per: 'year' }],
  explanation: '',
  ...more,
});

export const smallCatalog: Catalog = {
  schema: 1,
  id: 'small-test',
  title: '小样目录',
  region: '青南市市南区',
  documentNumber: '青南政发〔2024〕10号',
  years: [2021, 2022, 2023],
  deadline: '2024-04-30',
  milestones: [{ name: '自查', from: '2024-03-01', to: '2024-04-30' }],
  groups: [
    { code: 'A', name: '生态环境质量', indicators: [indicator('1', '环境空气质量优良天数比例'), indicator('5.2', '水质达到或优于Ⅲ类比例', { note: '对接市水务局' })] },
    {
      code: 'B',
      name: '约束',
      indicators: [
        indicator('23', '禁止申报情形', { kind: 'declarations', target: { kind: 'declarations', text: '未发生' }, declarations: ['重大污染事件', '弄虚作假'], requirements: [] }),
        indicator('N.1', '近岸海域水质', { kind: 'not-applicable', target: { kind: 'certificate', text: '不涉及' }, lead: ['区水利局'], assist: [] }),
      ],
    },
  ],
  units: [
    { name: '区生态环境局', aliases: ['市生态环境局市南分局'], kind: 'unit', members: [] },
    { name: '各街道办事处', aliases: [], kind: 'group', members: ['八大峡街道'] },
  ],
};

/** A new archive in a folder of its own, closed when the test ends. */
export const makeArchive = async (surroundings: ArchiveSurroundings = {}): Promise<WritableArchive> => {
  const folder = join(makeFolder(), '样品.cdarchive');
  const archive = expectValue(await createArchive(folder, { title: '样品档案库', catalog: smallCatalog }, surroundings));
  onTestFinished(() => archive.close());
  return archive;
};

/** Opens for writing what a test closed before. */
export const reopen = async (folder: string, surroundings: ArchiveSurroundings = {}): Promise<WritableArchive> => {
  const archive = expectValue(await openArchive(folder, surroundings));
  onTestFinished(() => archive.close());
  if (archive.readOnly) throw new Error('opened read-only');
  return archive;
};

/** Puts a file with this content in and answers the item made of it. */
export const fileItem = async (archive: WritableArchive, content: string, more: Partial<NewEvidence> = {}): Promise<{ id: EvidenceId; sha256: Sha256 }> => {
  const path = join(makeFolder(), more.fileName ?? 'file.txt');
  writeFileSync(path, content);
  const stored = expectValue(await putObject(archive, path));
  const id = transact(archive.db, '王敏', (tx) =>
    addEvidence(tx, { sha256: stored.sha256, bytes: stored.bytes, fileName: 'file.txt', fileKind: 'txt', pages: 1, title: content, ...more }),
  );
  return { id, sha256: stored.sha256 };
};

/** Every file below a folder with the hash of its bytes: equal before and after means nothing was touched. */
export const fingerprint = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, isFile]) => [path.slice(folder.length), isFile ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'folder']),
  );

/** Turns one bit of a file round, as a failing disk does. */
export const flipBit = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  chmodSync(path, 0o644);
  writeFileSync(path, bytes);
};

/** Records an export with one volume; answers its folder. */
export const addVolume = (archive: WritableArchive): string => {
  const place = join(archive.folder, 'exports', 'v001');
  mkdirSync(place);
  writeFileSync(join(place, '第1卷.pdf'), 'volume');
  const manifest = { schema: 1, version: 1, files: [{ path: '第1卷.pdf', kind: 'volume', pages: 1, bytes: 6, sha256: createHash('sha256').update('volume').digest('hex') }] } as const;
  writeFileSync(join(place, 'manifest.json'), JSON.stringify(manifest));
  transact(archive.db, '', (tx) => addExport(tx, { version: 1, draft: false, pages: 1, plan: { volumes: [] }, manifest, note: '' }), { undoable: false });
  return place;
};
