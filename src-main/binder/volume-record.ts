import { createHash, hash } from 'node:crypto';
import { finish, type Steps } from '../domain/steps.ts';
import { pageNumberText, type BindPlan, type BoundPlan, type BoundSection } from './bind-plan.ts';

/** To be raised when the binder writes the same plan differently. */
const IDENTITY_VERSION = 2;

/**
 * What a bound volume was made of, as plain data to be kept beside it: enough to tell later whether it must be bound again and which
 * sheets differ.
 */
export interface VolumeRecord {
  readonly version: 1;
  readonly pages: number;
  /** Two pages a sheet. */
  readonly duplex: boolean;
  /** Changes with everything that decides the volume's bytes. */
  readonly identity: string;
  readonly sections: readonly RecordedSection[];
}

export interface RecordedSection {
  readonly key: string;
  readonly kind: 'drawn' | 'source';
  readonly title: string | null;
  /** Physical page in the volume, from 1. */
  readonly firstPage: number;
  readonly pages: number;
  readonly numbers: { readonly first: number; readonly suffixOf: number | null } | null;
  /** What each page shows apart from its number; one entry for all pages of a source. */
  readonly content: readonly string[];
}

/** Describes a bound plan for keeping. Pure; the same plan gives the same record. */
export const recordVolume = (bound: BoundPlan): VolumeRecord => finish(recordVolumeSteps(bound));

/** The same in steps of a page. */
export function* recordVolumeSteps(bound: BoundPlan): Steps<VolumeRecord> {
  const { numbering, watermark, header, fonts, info } = bound.plan;
  const settings = digest({ numbering, watermark, header, fonts: fonts.fingerprint });
  const sections: RecordedSection[] = [];
  for (const section of bound.sections) {
    const { key, kind, title = null } = section.section;
    const { firstPage, pages, numbers } = section;
    sections.push({ key, kind, title, firstPage, pages, numbers, content: yield* contentOf(section, settings) });
  }
  const outline = bound.sections.map(({ section }) => [section.title, section.outlinePath, section.kind === 'drawn' ? section.labelPrefix : null]);
  const place = numbering.perVolume?.place ?? numbering.perItem?.place ?? 'duplex-upper';
  return { version: 1, pages: bound.pages, duplex: place.startsWith('duplex'), identity: digest({ info, outline, sections }), sections };
}

/**
 * What decides a volume's bytes, but for the date of its making, told from the plan alone: no source is opened. Null where the plan
 * does not tell: a source without a `contentId`, an index still to be laid out, sources that may be missing. A step is a page.
 */
export function* identifyPlan(plan: BindPlan): Steps<string | null> {
  if (plan.onMissing !== 'stop') return null;
  const { info, fonts, numbering, watermark, header } = plan;
  const identity = createHash('sha256');
  const add = (part: unknown): unknown => identity.update(`${JSON.stringify(part)}\n`);
  add({ version: IDENTITY_VERSION, info: { ...info, created: null }, fonts: fonts.fingerprint, numbering, watermark, header });
  for (const section of plan.sections) {
    yield;
    if (section.kind === 'laid-out' || (section.kind === 'source' && section.contentId === undefined)) return null;
    if (section.kind === 'source') {
      add({ ...section, path: null });
      continue;
    }
    const { pages, ...rest } = section;
    add({ ...rest, pages: pages.length });
    for (const page of pages) {
      yield;
      add(page);
    }
  }
  return identity.digest('hex').slice(0, 32);
}

function* contentOf({ section, source }: BoundSection, settings: string): Steps<readonly string[]> {
  const drawn = section.kind === 'drawn' ? section.pages : source?.placeholder;
  yield;
  if (drawn !== null && drawn !== undefined) {
    const prints: string[] = [];
    for (const page of drawn) {
      yield;
      prints.push(digest({ settings, page }));
    }
    return prints;
  }
  if (section.kind === 'drawn') return [];
  const { filingStamp, proofMarks, header, watermark, placement } = section;
  const file = section.contentId ?? `${section.path}|${source?.bytes ?? 0}|${source?.modifiedMs ?? 0}`;
  return [digest({ settings, file, first: source?.firstIndex ?? 0, filingStamp, proofMarks, header, watermark, placement })];
}

const digest = (value: unknown): string => hash('sha256', JSON.stringify(value), 'hex').slice(0, 32);

/** One sheet of paper that a reader of the former volume has to exchange. */
export interface SheetChange {
  readonly change: 'replace' | 'insert' | 'remove';
  /** What the sheet's pages are called: their stamped numbers, or the section's title for unnumbered ones. */
  readonly pages: readonly string[];
  /** Key and title of the section of the sheet's first page. */
  readonly key: string;
  readonly title: string | null;
}

export interface VolumeChanges {
  /** The volumes are the same, byte for byte. */
  readonly identical: boolean;
  /** In the order of the new volume; removed sheets last. */
  readonly sheets: readonly SheetChange[];
}

interface Sheet {
  readonly pages: string[];
  readonly prints: string[];
  readonly key: string;
  readonly title: string | null;
}

/**
 * The sheets that differ between two bindings of a volume: data of the 换页单. Sheets are told by their page numbers, so an insert that
 * renumbers what follows replaces every later sheet, and an insert numbered 12-1, 12-2 only adds its own.
 */
export function compareVolumes(before: VolumeRecord, after: VolumeRecord): VolumeChanges {
  const old = sheetsOf(before);
  const fresh = sheetsOf(after);
  const sheets: SheetChange[] = [];
  for (const [id, sheet] of fresh) {
    const former = old.get(id);
    const change = former === undefined ? 'insert' : former.prints.join('|') === sheet.prints.join('|') ? null : 'replace';
    if (change !== null) sheets.push({ change, pages: sheet.pages, key: sheet.key, title: sheet.title });
  }
  for (const [id, sheet] of old) if (!fresh.has(id)) sheets.push({ change: 'remove', pages: sheet.pages, key: sheet.key, title: sheet.title });
  return { identical: before.identity === after.identity, sheets };
}

/** Numbered pages share a sheet by their numbers (1–2, 3–4, …); late inserts and unnumbered sections begin sheets of their own. */
function sheetsOf(record: VolumeRecord): ReadonlyMap<string, Sheet> {
  const perSheet = record.duplex ? 2 : 1;
  const sheets = new Map<string, Sheet>();
  for (const section of record.sections) {
    for (let i = 0; i < section.pages; i++) {
      const { numbers } = section;
      const place = numbers === null ? i : numbers.first + i - 1;
      const run = numbers === null ? `section ${section.key}` : numbers.suffixOf === null ? 'numbered' : `after ${numbers.suffixOf}`;
      const id = `${run} ${Math.floor(place / perSheet)}`;
      const label = pageNumberText(numbers, i);
      const print = `${section.content.length === section.pages ? section.content[i] : section.content[0]}#${i}#${label}`;
      let sheet = sheets.get(id);
      if (sheet === undefined) {
        sheet = { pages: [], prints: [], key: section.key, title: section.title };
        sheets.set(id, sheet);
      }
      sheet.pages.push(label ?? `${section.title ?? section.key} ${i + 1}`);
      sheet.prints.push(print);
    }
  }
  return sheets;
}
