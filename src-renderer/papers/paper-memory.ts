import { z } from 'zod';

const memorySchema = z.object({ kind: z.string(), /** Which of each kind: its scope. */ scopes: z.record(z.string(), z.string()) });
export type PaperMemory = z.infer<typeof memorySchema>;

const keyOf = (folder: string): string => `papers:${folder}`;

/** What was chosen last in this archive's 文书; nothing where that is not known. */
export function readPaperMemory(folder: string): PaperMemory {
  try {
    return memorySchema.parse(JSON.parse(localStorage.getItem(keyOf(folder)) ?? ''));
  } catch {
    return { kind: '', scopes: {} };
  }
}

/** Remembers the kind, and which of it where that was chosen. */
export function rememberPaper(folder: string, kind: string, scope: string | null): void {
  const { scopes } = readPaperMemory(folder);
  const memory: PaperMemory = { kind, scopes: scope === null ? scopes : { ...scopes, [kind]: scope } };
  localStorage.setItem(keyOf(folder), JSON.stringify(memory));
}
