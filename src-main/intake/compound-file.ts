import type { ByteWindow } from './byte-window.ts';

/** A stream or storage of an OLE compound file (MS-CFB): the container of DOC, XLS, PPT, WPS, ET and of encrypted OOXML. */
export interface CompoundEntry {
  readonly name: string;
  readonly size: number;
  /** First bytes of a stream that is stored in whole sectors; empty for short ones and for storages. */
  readonly head: Uint8Array;
}

const freeSector = 0xfffffffa;
const mostEntries = 4096;

/** Directory of a compound file with the first sector of each stream, or undefined where it is damaged. */
export async function readCompoundFile(file: ByteWindow): Promise<readonly CompoundEntry[] | undefined> {
  const header = await file.read(0, 512);
  if (header.length < 512) return undefined;
  const view = viewOf(header);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return undefined;
  const sectorSize = 2 ** shift;
  const miniCutoff = view.getUint32(56, true);
  const sector = (no: number): Promise<Uint8Array> => file.read((no + 1) * sectorSize, sectorSize);
  const tables = await locateTables(view, sector, sectorSize);
  const perTable = sectorSize / 4;
  const loaded = new Map<number, DataView>();
  const follow = async (no: number): Promise<number> => {
    const table = tables[Math.floor(no / perTable)];
    if (table === undefined) return freeSector;
    const known = loaded.get(table) ?? viewOf(await sector(table));
    loaded.set(table, known);
    const at = (no % perTable) * 4;
    return at + 4 <= known.byteLength ? known.getUint32(at, true) : freeSector;
  };
  const entries: CompoundEntry[] = [];
  const seen = new Set<number>();
  for (let no = view.getUint32(48, true); no < freeSector && !seen.has(no) && entries.length < mostEntries; no = await follow(no)) {
    seen.add(no);
    const bytes = await sector(no);
    for (let at = 0; at + 128 <= bytes.length; at += 128) {
      const row = viewOf(bytes.subarray(at, at + 128));
      const type = row.getUint8(66);
      const nameLength = row.getUint16(64, true);
      if (type === 0 || nameLength < 2 || nameLength > 64) continue;
      const name = new TextDecoder('utf-16le').decode(bytes.subarray(at, at + nameLength - 2));
      const size = row.getUint32(120, true);
      const start = row.getUint32(116, true);
      entries.push({ name, size, head: type === 2 && size >= miniCutoff && start < freeSector ? await sector(start) : new Uint8Array() });
    }
  }
  return entries.length === 0 ? undefined : entries;
}

/** Sectors that hold the allocation table: 109 in the header, more in a chain of their own. */
async function locateTables(view: DataView, sector: (no: number) => Promise<Uint8Array>, sectorSize: number): Promise<readonly number[]> {
  const tables: number[] = [];
  for (let index = 0; index < 109; index += 1) {
    const no = view.getUint32(76 + index * 4, true);
    if (no < freeSector) tables.push(no);
  }
  const seen = new Set<number>();
  let next = view.getUint32(68, true);
  while (next < freeSector && !seen.has(next)) {
    seen.add(next);
    const bytes = viewOf(await sector(next));
    if (bytes.byteLength < sectorSize) break;
    for (let at = 0; at < sectorSize - 4; at += 4) {
      const no = bytes.getUint32(at, true);
      if (no < freeSector) tables.push(no);
    }
    next = bytes.getUint32(sectorSize - 4, true);
  }
  return tables;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
