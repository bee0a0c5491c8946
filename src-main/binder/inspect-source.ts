import { describeFailure, fail, succeed, BindFailure, type BindError, type Result } from './bind-error.ts';
import type { SourceKind } from './bind-plan.ts';
import type { ImagePage } from './image-page.ts';
import { readImagePages, recogniseSource } from './image-source.ts';
import { placeImage } from './image-pages.ts';
import { visibleSize } from './page-stamps.ts';
import { listPages, pageGeometry, type SourcePage } from './page-tree.ts';
import { isArray, nameOf, PdfDict, type PdfValue } from './pdf-objects.ts';
import { PdfSource } from './pdf-source.ts';
import { SourceFile } from './source-file.ts';
import type { IndexShelf, SourceIndex } from './source-index.ts';

/** What a source is, without reading it whole. */
export interface SourceFacts {
  readonly kind: SourceKind;
  readonly pages: number;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Its cross-reference or objects had to be guessed. */
  readonly repaired: boolean;
  /** Encrypted, but opened with an empty password or the one given. */
  readonly encrypted: boolean;
  /** Bears a signature field that is signed. */
  readonly signed: boolean;
  /** As a reader sees them, millimetres; runs of equal pages are one entry. */
  readonly pageSizes: readonly { readonly width: number; readonly height: number; readonly pages: number }[];
}

/** Small files are read in one go; nothing that is handed out keeps these bytes. */
const INSPECTION_BUFFER = Buffer.alloc(256 * 1024);

/**
 * Looks into a PDF, JPEG, PNG or TIFF: its pages, and why it could not be bound. Errors: not-found, unreadable, empty-file,
 * not-recognised, password-needed, password-wrong, encryption-unsupported, damaged, no-pages, image-unsupported, too-large.
 *
 * @example
 * const facts = inspectSource('a.pdf');
 * if (facts.ok) console.log(facts.value.pages); else console.log(facts.error.code);
 */
export function inspectSource(path: string, options: { readonly password?: string } = {}): Result<SourceFacts, BindError> {
  return openAndRead(path, (file) => readFacts(file, options.password));
}

/** The facts that planning needs: everything but signatures and page sizes, which cost a look at every page. */
export function countSource(path: string, password: string | undefined, shelf: IndexShelf): Result<Omit<SourceFacts, 'signed' | 'pageSizes'> & { readonly index: SourceIndex | null }, BindError> {
  return openAndRead(path, (file) => {
    const { facts, document } = countPages(file, password);
    return { ...facts, index: document === null ? null : shelf.keep(document.source, document.pages) };
  });
}

function openAndRead<T>(path: string, read: (file: SourceFile) => T): Result<T, BindError> {
  try {
    const file = new SourceFile(path);
    try {
      if (file.size <= INSPECTION_BUFFER.length) file.holdIn(INSPECTION_BUFFER);
      return succeed(read(file));
    } finally {
      file.close();
    }
  } catch (thrown) {
    return fail(describeFailure(thrown, path));
  }
}

interface Counted {
  readonly facts: Omit<SourceFacts, 'signed' | 'pageSizes'>;
  readonly document: { readonly source: PdfSource; readonly pages: readonly SourcePage[] } | null;
  readonly images: readonly ImagePage[];
}

function countPages(file: SourceFile, password: string | undefined): Counted {
  const kind = recogniseSource(file);
  if (kind === null) throw new BindFailure('not-recognised', 'neither PDF nor JPEG, PNG, TIFF');
  const common = { kind, bytes: file.size, modifiedMs: file.modifiedMs };
  if (kind !== 'pdf') {
    const images = readImagePages(file, kind);
    return { facts: { ...common, pages: images.length, repaired: false, encrypted: false }, document: null, images };
  }
  const source = PdfSource.open(file, password);
  const pages = listPages(source);
  if (pages.length === 0) throw new BindFailure('no-pages', 'the document has no pages');
  return { facts: { ...common, pages: pages.length, repaired: source.repaired, encrypted: source.decryption !== null }, document: { source, pages }, images: [] };
}

function readFacts(file: SourceFile, password: string | undefined): SourceFacts {
  const { facts, document, images } = countPages(file, password);
  if (document === null) {
    const sizes = images.map((image) => placeImage(image, { kind: 'full' })).map((placed) => ({ width: placed.width, height: placed.height }));
    return { ...facts, signed: false, pageSizes: groupSizes(sizes) };
  }
  const sizes = document.pages.map((page) => visibleSize(pageGeometry(document.source, page)));
  return { ...facts, signed: isSigned(document.source), pageSizes: groupSizes(sizes) };
}

function groupSizes(sizes: readonly { readonly width: number; readonly height: number }[]): SourceFacts['pageSizes'] {
  const groups: { width: number; height: number; pages: number }[] = [];
  for (const { width, height } of sizes) {
    const last = groups[groups.length - 1];
    if (last !== undefined && Math.abs(last.width - width) < 0.1 && Math.abs(last.height - height) < 0.1) last.pages++;
    else groups.push({ width: Math.round(width * 100) / 100, height: Math.round(height * 100) / 100, pages: 1 });
  }
  return groups;
}

/** A signature field with a value, however deep among the fields. */
export function isSigned(source: PdfSource): boolean {
  const form = source.resolve(source.catalog.get('AcroForm'));
  if (!(form instanceof PdfDict)) return false;
  const seen = new Set<PdfValue>();
  const waiting: PdfValue[] = [form.get('Fields')];
  while (waiting.length > 0 && seen.size < 20_000) {
    const value = source.resolve(waiting.pop() ?? null);
    if (value === null || seen.has(value)) continue;
    seen.add(value);
    if (isArray(value)) waiting.push(...value.slice(0, 20_000));
    else if (value instanceof PdfDict) {
      if (nameOf(source.resolve(value.get('FT'))) === 'Sig' && source.resolve(value.get('V')) !== null) return true;
      if (value.has('Kids')) waiting.push(value.get('Kids'));
    }
  }
  return false;
}
