import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { derivedPath, putDerived } from '../../archive/index.ts';
import type { Archive } from '../../archive/index.ts';

/** Bytes of a SHA-256. */
const HEAD = 32;

const digestOf = (bytes: Buffer): Buffer => hash('sha256', bytes, 'buffer');

/** What was kept in `derived/` under this name; null where there is nothing, or not as it was written. */
export async function readKept(archive: Archive, name: string): Promise<Buffer | null> {
  const bytes = await readFile(derivedPath(archive, name)).catch(() => null);
  if (bytes === null || bytes.length < HEAD) return null;
  const content = bytes.subarray(HEAD);
  return digestOf(content).equals(bytes.subarray(0, HEAD)) ? content : null;
}

/** Keeps work for the next export, behind its own digest. A disk that takes no more only costs that one the work. */
export async function keepWork(archive: Archive, name: string, content: Buffer): Promise<void> {
  await putDerived(archive, name, Buffer.concat([digestOf(content), content]));
}
