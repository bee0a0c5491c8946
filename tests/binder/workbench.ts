import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll } from 'vitest';
import { loadFonts, planBinding, writeVolume, type BindPlan, type BoundPlan, type Fonts, type WrittenVolume } from '../../src-main/binder/index.ts';

const root = resolve(import.meta.dirname, '../..');
const packaged = join(root, 'node_modules/@expo-google-fonts');
const built = (name: string, otherwise: string): string => {
  const path = join(root, 'resources/fonts', name);
  return existsSync(path) ? path : join(packaged, otherwise);
};

/** The project's own fonts where they are built, else the whole fonts they are built from. */
export const fontFiles = {
  hei: built('hei.ttf', 'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  song: built('song.ttf', 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
};

let fonts: Fonts | null = null;
export function testFonts(): Fonts {
  fonts ??= loadFonts(fontFiles);
  return fonts;
}

/** A folder of its own for a test file, removed afterwards. */
export function makeFolder(): { readonly path: string; readonly put: (name: string, bytes: Buffer | Uint8Array) => string } {
  const path = mkdtempSync(join(tmpdir(), 'binder-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    put: (name, bytes) => {
      const file = join(path, name);
      writeFileSync(file, bytes);
      return file;
    },
  };
}

export function planOf(sections: BindPlan['sections'], more: Partial<BindPlan> = {}): BindPlan {
  return {
    info: { title: '试验卷', author: '档案室', created: '2024-04-30T09:00:00+08:00' },
    fonts: testFonts(),
    onMissing: 'stop',
    numbering: { perVolume: { place: 'duplex-upper', offsetX: 15, offsetY: 10, font: 'song', size: 12 } },
    sections,
    ...more,
  };
}

export function boundOf(plan: BindPlan): BoundPlan {
  const bound = planBinding(plan);
  if (!bound.ok) throw new Error(JSON.stringify(bound.error));
  return bound.value;
}

export async function bindTo(out: string, plan: BindPlan): Promise<WrittenVolume> {
  const written = await writeVolume(boundOf(plan), out);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return written.value;
}

export interface TextPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Reads a volume with an independent reader. */
export async function readPdf(path: string): Promise<{ readonly document: PDFDocumentProxy; readonly pieces: (page: number) => Promise<readonly TextPiece[]>; readonly text: (page: number) => Promise<string> }> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(path)), useSystemFonts: false, verbosity: 0 }).promise;
  const pieces = async (number: number): Promise<readonly TextPiece[]> => {
    const page = await document.getPage(number);
    const content = await page.getTextContent({ disableNormalization: true });
    return content.items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]) }] : []));
  };
  return { document, pieces, text: async (number) => (await pieces(number)).map((piece) => piece.text).join(' ') };
}
