import { z } from 'zod';
import type { Archive } from '../../archive/index.ts';
import type { KnownBreaks } from '../../papers/index.ts';
import { keepWork, readKept } from './kept-work.ts';

/** One file, which each export writes anew with what it used: it grows no further than the report. */
const NAME = 'papers/breaks.json';

const breaksSchema = z.object({ madeBy: z.string(), breaks: z.array(z.tuple([z.string(), z.array(z.object({ block: z.int().min(0), at: z.int().min(0) }))])) });

/** Where the last export broke the pages of its papers; nothing where another program or layout (`madeBy`) did, or where the file is not as it was written. */
export async function readBreaks(archive: Archive, madeBy: string): Promise<KnownBreaks> {
  try {
    const kept = await readKept(archive, NAME);
    if (kept === null) return new Map();
    const { data } = breaksSchema.safeParse(JSON.parse(kept.toString('utf8')));
    return data?.madeBy === madeBy ? new Map(data.breaks) : new Map();
  } catch {
    return new Map();
  }
}

/** Keeps them for the next export. */
export const keepBreaks = (archive: Archive, madeBy: string, breaks: KnownBreaks): Promise<void> => keepWork(archive, NAME, Buffer.from(JSON.stringify({ madeBy, breaks: [...breaks] })));
