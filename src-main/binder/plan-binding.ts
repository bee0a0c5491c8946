import { finish, type Steps } from '../domain/steps.ts';
import { describeFailure, fail, succeed, BindFailure, type BindError, type Result } from './bind-error.ts';
import type { BindPlan, BoundPlan, BoundSection, BoundSource, ItemNumbering, LaidOutSection, PageNumbers, PlacedSource, Section, SourceItem } from './bind-plan.ts';
import { countSource } from './inspect-source.ts';
import { noticePage } from './notice-page.ts';
import { IndexShelf } from './source-index.ts';

/**
 * Opens and counts every source and gives every page its number. Nothing is written. All errors are reported, not the first only;
 * with `onMissing: 'placeholder-page'` a source that cannot be bound becomes pages that say so, and only faults of the plan itself
 * remain errors.
 */
export const planBinding = (plan: BindPlan): Result<BoundPlan, readonly BindError[]> => finish(planBindingSteps(plan));

/** The same in steps of a section: thousands of sources take a while. */
export function* planBindingSteps(plan: BindPlan): Steps<Result<BoundPlan, readonly BindError[]>> {
  const errors: BindError[] = [...findKeyErrors(plan)];
  const missing: BindError[] = [];
  const shelf = new IndexShelf();
  const counted: CountedSection[] = [];
  for (const section of plan.sections) {
    yield;
    if (section.kind !== 'source') {
      counted.push({ section, pages: section.kind === 'drawn' ? section.pages.length : 0, source: null });
      continue;
    }
    const opened = openItem(section, shelf);
    if (opened.ok) counted.push({ section, pages: opened.value.pages, source: opened.value });
    else if (plan.onMissing === 'stop') errors.push(opened.error);
    else {
      missing.push(opened.error);
      if (plan.onMissing === 'leave-out') continue;
      const placeholder = plan.placeholder?.(section, opened.error) ?? [noticePage(section, opened.error)];
      counted.push({ section, pages: placeholder.length, source: { kind: 'pdf', bytes: 0, modifiedMs: 0, firstIndex: 0, repaired: false, index: null, placeholder, notes: ['placeholder'] } });
    }
  }
  const sections = placeSections(layOutSections(counted));
  const last = sections[sections.length - 1];
  const pages = last === undefined ? 0 : last.firstPage + last.pages - 1;
  const nothingLeft = missing.length > 0 && !counted.some(({ source }) => source !== null);
  if ((pages === 0 || nothingLeft) && errors.length === 0) errors.push(...(missing.length > 0 ? missing : [{ code: 'no-pages' as const, file: '', detail: 'the plan has no pages' }]));
  errors.push(...findLinkErrors(sections, pages));
  return errors.length > 0 ? fail(errors) : succeed({ plan, sections, pages, missing });
}

interface CountedSection {
  readonly section: Section | LaidOutSection;
  readonly pages: number;
  readonly source: BoundSource | null;
}

/** Lays out what lists the sources: once to know its own pages, once with the numbers that follow from them. */
function layOutSections(counted: readonly CountedSection[]): readonly (CountedSection & { readonly section: Section })[] {
  const unplaced = counted.flatMap(({ section, pages }): PlacedSource[] => (section.kind === 'source' ? [{ item: section, pages, firstPage: 0, numbers: null }] : []));
  const sized = counted.map((entry) => (entry.section.kind === 'laid-out' ? { ...entry, pages: entry.section.layOut(unplaced).length } : entry));
  const placed = placeSections(sized).flatMap(({ section, pages, firstPage, numbers }): PlacedSource[] => (section.kind === 'source' ? [{ item: section, pages, firstPage, numbers }] : []));
  return sized.map(({ section, pages, source }) => {
    if (section.kind !== 'laid-out') return { section, pages, source };
    const { layOut, ...rest } = section;
    const drawn = layOut(placed);
    if (drawn.length !== pages) throw new Error(`${section.key} was laid out on ${pages} pages, then on ${drawn.length}`);
    return { section: { ...rest, kind: 'drawn', pages: drawn }, pages, source };
  });
}

/** Gives every section its first page and its numbers. */
function placeSections<S extends Section | LaidOutSection>(
  counted: readonly { readonly section: S; readonly pages: number; readonly source: BoundSource | null }[],
): readonly (Omit<BoundSection, 'section'> & { readonly section: S })[] {
  let page = 1;
  let number = 1;
  return counted.map(({ section, pages, source }) => {
    const wanted: ItemNumbering = section.numbering ?? { kind: section.kind === 'source' ? 'continue' : 'none' };
    const numbers = numberPages(wanted, number);
    if (numbers !== null && numbers.suffixOf === null) number = numbers.first + pages;
    const firstPage = page;
    page += pages;
    return { section, firstPage, pages, numbers, source };
  });
}

function numberPages(numbering: ItemNumbering, next: number): PageNumbers | null {
  switch (numbering.kind) {
    case 'continue':
      return { first: next, suffixOf: null };
    case 'from':
      return { first: numbering.first, suffixOf: null };
    case 'suffix':
      return { first: numbering.first ?? 1, suffixOf: numbering.after };
    case 'none':
      return null;
    default:
      return numbering satisfies never;
  }
}

function openItem(item: SourceItem, shelf: IndexShelf): Result<BoundSource & { readonly pages: number }, BindError> {
  const facts = countSource(item.path, item.password, shelf);
  if (!facts.ok) return fail({ ...facts.error, key: item.key });
  try {
    const { first, last } = item.pageRange ?? { first: 1, last: facts.value.pages };
    if (!Number.isInteger(first) || !Number.isInteger(last) || first < 1 || last < first || last > facts.value.pages) {
      throw new BindFailure('page-range', `pages ${first}–${last} of ${facts.value.pages}`);
    }
    const pages = last - first + 1;
    if (item.expectedPages !== undefined && item.expectedPages !== pages) throw new BindFailure('page-count-changed', `${pages} pages, the index was made for ${item.expectedPages}`);
    const { kind, bytes, modifiedMs, repaired, index } = facts.value;
    return succeed({ kind, bytes, modifiedMs, firstIndex: first - 1, repaired, index, placeholder: null, notes: [], pages });
  } catch (thrown) {
    return fail(describeFailure(thrown, item.path, item.key));
  }
}

function findKeyErrors(plan: BindPlan): readonly BindError[] {
  const seen = new Set<string>();
  const errors: BindError[] = [];
  for (const section of plan.sections) {
    if (seen.has(section.key)) errors.push({ code: 'duplicate-key', file: section.kind === 'source' ? section.path : '', key: section.key, detail: `two sections have the key ${section.key}` });
    seen.add(section.key);
  }
  return errors;
}

function findLinkErrors(sections: readonly BoundSection[], pages: number): readonly BindError[] {
  const keys = new Set(sections.map(({ section }) => section.key));
  const errors: BindError[] = [];
  for (const { section } of sections) {
    if (section.kind !== 'drawn') continue;
    for (const page of section.pages) {
      for (const op of page.ops) {
        if (op.op !== 'link' || keys.has(op.toItem) || isPageNumber(op.toItem, pages)) continue;
        errors.push({ code: 'link-target-missing', file: '', key: section.key, detail: `a link leads to ${op.toItem}, which the plan does not have` });
      }
    }
  }
  return errors;
}

const isPageNumber = (target: string, pages: number): boolean => /^\d{1,7}$/.test(target) && Number(target) >= 1 && Number(target) <= pages;
