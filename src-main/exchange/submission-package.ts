import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { exportFolder, exportName, objectPath, parseRowKey } from '../archive/index.ts';
import type { ReadableDb } from '../archive/index.ts';
import { formatItemOrder } from '../domain/archival-code.ts';
import { sha256 } from '../domain/ids.ts';
import { formatPages } from '../domain/page-number.ts';
import type { ItemOrder } from '../domain/page-number.ts';
import { fail, ok } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { atBorder } from './at-border.ts';
import { fileNameOf } from './file-name.ts';
import type { ExchangeTrouble } from './pack-trouble.ts';
import { renderReadingRoom } from './reading-room.ts';
import type { RoomItem } from './reading-room.ts';
import { renderDublinCore, renderRecordMetadata } from './record-metadata.ts';
import type { PackageOwner, RecordDescription } from './record-metadata.ts';
import { describeValue, evidenceOf, indicatorsOf, titleOf } from './version.ts';
import type { Version } from './version.ts';
import { writeBag } from './write-bag.ts';
import type { BagSource, WrittenBag } from './write-bag.ts';

export interface PackageRequest {
  readonly version: Version;
  readonly owner: PackageOwner;
  readonly contact: string;
  readonly archiveId: string;
  /** Folder of the bag; must not exist. */
  readonly out: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number) => void;
}

export const READING_ROOM = '阅览室.html';

/** The file's own name with its ending, fit for every disk, behind its number in the volume. */
const originalName = (item: ItemOrder, fileName: string): string => {
  const ending = /\.[A-Za-z0-9]{1,8}$/u.exec(fileName)?.[0] ?? '';
  return `${formatItemOrder(item, 3)} ${fileNameOf(fileName.slice(0, fileName.length - ending.length))}${ending.toLowerCase()}`.normalize('NFC');
};

const twoDigits = (no: number): string => String(no).padStart(2, '0');

/** Every bound item with its place and the original that lies in the package. */
const describeRecords = ({ record, rows }: Version): readonly RecordDescription[] =>
  record.plan.volumes.flatMap((volume) =>
    volume.items.map((item): RecordDescription => {
      const row = rows.get('evidence')?.get(JSON.stringify([item.evidenceId])) ?? {};
      return {
        id: item.evidenceId, row, archivalCode: volume.archivalCode, item, volume: volume.no, volumeTitle: volume.title,
        original: `原件/第${twoDigits(volume.no)}卷/${originalName(item, String(row['file_name'] ?? item.evidenceId))}`,
      };
    }),
  );

/** Indicator → pages: items by every indicator that cites them, wherever they are bound. */
const roomItems = (version: Version, records: readonly RecordDescription[]): readonly RoomItem[] => {
  const { record, rows } = version;
  const volumes = record.manifest.files.filter((file) => file.kind === 'volume');
  const filePages = new Map((record.manifest.bound ?? []).flatMap((volume) => volume.items.map((item) => [item.evidenceId as string, item.filePage] as const)));
  const cited = new Map<string, Set<string>>();
  for (const key of rows.get('link')?.keys() ?? []) {
    const [id, code] = parseRowKey(key).map(String);
    if (id === undefined || code === undefined) continue;
    const codes = cited.get(id) ?? new Set();
    codes.add(code);
    cited.set(id, codes);
  }
  return records.flatMap((one) =>
    [...new Set([one.item.indicator, ...(cited.get(one.id) ?? [])])].map((indicator): RoomItem => ({
      indicator, title: titleOf(evidenceOf(version, one.id)), documentNumber: String(one.row['document_number'] ?? ''), issuer: String(one.row['issuer'] ?? ''), date: String(one.row['date'] ?? ''),
      volume: one.volume, pages: formatPages(one.item), file: `案卷/${volumes[one.volume - 1]?.path ?? ''}`, filePage: filePages.get(one.id) ?? one.item.firstPage, original: one.original,
    })),
  );
};

/**
 * Writes the submission package of one export as a bag (RFC 8493): the export as it was made, the originals, metadata, and a reading room.
 * The same export gives the same bytes, whenever it is written.
 */
export const writePackage = (archive: { readonly folder: string; readonly db: ReadableDb }, request: PackageRequest): Promise<Result<WrittenBag, ExchangeTrouble>> =>
  atBorder(request.out, async () => {
    const { version, owner } = request;
    const { record, rows } = version;
    if ((await stat(request.out).catch(() => null)) !== null) return fail({ code: 'folder-not-empty', path: request.out });
    const home = exportFolder(archive.folder, record.version);
    const payload: BagSource[] = record.manifest.files.map((file) => ({ path: `objects/案卷/${file.path}`, file: join(home, file.path), bytes: file.bytes, sha256: file.sha256 }));
    payload.push({ path: 'metadata/manifest.json', content: Buffer.from(`${JSON.stringify(record.manifest, null, 2)}\n`) }, { path: 'metadata/分卷方案.json', content: Buffer.from(`${JSON.stringify(record.plan, null, 2)}\n`) });
    const records = describeRecords(version);
    for (const { original, row } of records) {
      const hash = String(row['sha256'] ?? '');
      payload.push({ path: `objects/${original}`, file: objectPath(archive, sha256(hash)), bytes: Number(row['bytes'] ?? 0), sha256: hash });
    }
    const values = rows.get('value');
    payload.push(
      { path: 'metadata/文书类电子文件元数据.xml', content: Buffer.from(renderRecordMetadata(owner, records)) },
      { path: 'metadata/metadata.csv', content: Buffer.from(renderDublinCore(owner, records)) },
      {
        path: `objects/${READING_ROOM}`,
        content: Buffer.from(
          renderReadingRoom({
            title: owner.title,
            subtitle: `${owner.applicant}　${exportName(record.version)}${record.draft ? '（草稿）' : ''}　${record.at.slice(0, 10)}　共${record.plan.volumes.length}卷 ${records.length}件 ${record.pages}页`,
            indicators: indicatorsOf(version).map(({ code, name, group, target }) => ({
              code, name, group, target, verdict: '',
              values: [...(values ?? [])].filter(([key]) => parseRowKey(key)[0] === code).map(([key, row]) => `${String(parseRowKey(key)[1])}年 ${describeValue(row)}`).join('　'),
            })),
            items: roomItems(version, records),
            volumes: record.manifest.files.filter((file) => file.kind === 'volume').map((file, index) => ({ no: index + 1, title: record.plan.volumes[index]?.title ?? '', file: `案卷/${file.path}`, pages: file.pages })),
          }),
        ),
      },
    );
    const written = await writeBag(request.out, {
      payload,
      info: [
        ['Source-Organization', owner.applicant],
        ...(request.contact === '' ? [] : ([['Contact-Name', request.contact]] as const)),
        ['External-Description', `${owner.title}：${record.plan.volumes.length}卷 ${records.length}件 ${record.pages}页${record.draft ? '（草稿）' : ''}`],
        ['External-Identifier', `${request.archiveId}/${exportName(record.version)}`],
        ['Bag-Group-Identifier', request.archiveId],
        ['Internal-Sender-Identifier', exportName(record.version)],
        ['Bagging-Date', record.at.slice(0, 10)],
        ['Bag-Software-Agent', '创档 Chuangdang'],
        ['BagIt-Profile-Identifier', 'urn:chuangdang:bagit-profile:1'],
      ],
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
    });
    return ok(written);
  });
