import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, rename, rm, stat } from 'node:fs/promises';
import type { BindError, Result } from './bind-error.ts';
import type { BoundPlan, WriteOptions, WrittenVolume } from './bind-plan.ts';
import { succeed } from './bind-error.ts';
import { compareVolumes, recordVolume, type VolumeChanges, type VolumeRecord } from './volume-record.ts';
import { writeVolume } from './write-volume.ts';

/** A volume as it was bound before: its record, its file, and what the writing of it answered. */
export interface FormerVolume {
  readonly record: VolumeRecord;
  readonly path: string;
  readonly written: WrittenVolume;
}

export interface ReboundVolume {
  readonly written: WrittenVolume;
  readonly record: VolumeRecord;
  readonly changes: VolumeChanges;
  /** The former file was taken over as it is. */
  readonly reused: boolean;
}

/**
 * Binds again only what changed: a volume whose record is the same is copied from the former file (after its hash was checked), any
 * other is written anew. Either way the sheets that differ are told.
 */
export async function rebindVolume(former: FormerVolume, bound: BoundPlan, outPath: string, options: WriteOptions = {}): Promise<Result<ReboundVolume, BindError>> {
  const record = recordVolume(bound);
  const changes = compareVolumes(former.record, record);
  if (changes.identical && (await takeOver(former, outPath))) return succeed({ written: former.written, record, changes, reused: true });
  const written = await writeVolume(bound, outPath, options);
  return written.ok ? succeed({ written: written.value, record, changes, reused: false }) : written;
}

/** False where the former file is gone or no longer what it was. */
async function takeOver(former: FormerVolume, outPath: string): Promise<boolean> {
  const temporary = `${outPath}.${randomBytes(4).toString('hex')}.part`;
  try {
    if ((await stat(former.path)).size !== former.written.bytes) return false;
    await copyFile(former.path, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    const hash = createHash('sha256');
    for await (const part of createReadStream(temporary, { highWaterMark: 1024 * 1024 })) hash.update(part);
    if (hash.digest('hex') !== former.written.sha256) return false;
    await rename(temporary, outPath);
    return true;
  } catch {
    // Whatever keeps the old file from being copied, the volume can still be written.
    return false;
  } finally {
    await rm(temporary, { force: true });
  }
}
