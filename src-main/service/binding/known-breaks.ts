import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { derivedPath, putDerived } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';
import type { KnownBreaks } from '../../papers/index.ts';

/** One file, which each export writes anew with what it used: it grows no further than the report. */
const NAME = 'papers/breaks.json';
const HEAD = 64;

const breaksSchema = z.object({ madeBy: z.string(), breaks: z.array(z.tuple([z.string(), z.array(z.object({ block: z.int().min(0), at: z.int().min(0) }))])) });

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Where the last export broke the pages of its papers; nothing where another program or layout (`madeBy`) did, or where the file is not as it was written. */
export async function readBreaks(archive: Archive, madeBy: string): Promise<KnownBreaks> {
  try {
    const text = await readFile(derivedPath(archive, NAME), 'utf8');
    const content = text.slice(HEAD);
    if (text.slice(0, HEAD) !== digestOf(content)) return new Map();
    const { data } = breaksSchema.safeParse(JSON.parse(content));
    return data?.madeBy === madeBy ? new Map(data.breaks) : new Map();
  } catch {
    return new Map();
  }
}

/** Keeps them for the next export. A disk that takes no more only costs that one the work. */
export async function keepBreaks(archive: Archive, madeBy: string, breaks: KnownBreaks): Promise<void> {
  const content = JSON.stringify({ madeBy, breaks: [...breaks] });
  await putDerived(archive, NAME, Buffer.from(`${digestOf(content)}${content}`));
}
