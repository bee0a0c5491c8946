import { describeFailure, fail, succeed, BindFailure, type BindError, type Result } from './bind-error.ts';
import type { BindPlan, BoundPlan, BoundSection, BoundSource, ItemNumbering, PageNumbers, SourceItem } from './bind-plan.ts';
import { countSource } from './inspect-source.ts';
import { noticePage } from './notice-page.ts';

/**
 * Opens and counts every source and gives every page its number. Nothing is written. All errors are reported, not the first only;
 * with `onMissing: 'placeholder-page'` a source that cannot be bound becomes pages that say so, and only faults of the plan itself
 * remain errors.
 */
export function planBinding(plan: BindPlan): Result<BoundPlan, readonly BindError[]> {
  const errors: BindError[] = [...findKeyErrors(plan)];
  const missing: BindError[] = [];
  const sections: BoundSection[] = [];
  let page = 1;
  let number = 1;
  for (const section of plan.sections) {
    let pages = 0;
    let source: BoundSource | null = null;
    if (section.kind === 'drawn') pages = section.pages.length;
    else {
      const opened = openItem(section);
      if (opened.ok) {
        source = opened.value;
        pages = opened.value.pages;
      } else if (plan.onMissing === 'placeholder-page') {
        missing.push(opened.error);
        const placeholder = plan.placeholder?.(section, opened.error) ?? [noticePage(section, opened.error)];
        source = { kind: 'pdf', bytes: 0, modifiedMs: 0, firstIndex: 0, repaired: false, placeholder, notes: ['placeholder'] };
        pages = placeholder.length;
      } else errors.push(opened.error);
    }
    const wanted: ItemNumbering = section.numbering ?? { kind: section.kind === 'drawn' ? 'none' : 'continue' };
    const numbers = numberPages(wanted, number);
    if (numbers !== null && numbers.suffixOf === null) number = numbers.first + pages;
    sections.push({ section, firstPage: page, pages, numbers, source });
    page += pages;
  }
  const pages = page - 1;
  if (pages === 0 && errors.length === 0) errors.push({ code: 'no-pages', file: '', detail: 'the plan has no pages' });
  errors.push(...findLinkErrors(plan, pages));
  return errors.length > 0 ? fail(errors) : succeed({ plan, sections, pages, missing });
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

function openItem(item: SourceItem): Result<BoundSource & { readonly pages: number }, BindError> {
  const facts = countSource(item.path, item.password);
  if (!facts.ok) return fail({ ...facts.error, key: item.key });
  try {
    const { first, last } = item.pageRange ?? { first: 1, last: facts.value.pages };
    if (!Number.isInteger(first) || !Number.isInteger(last) || first < 1 || last < first || last > facts.value.pages) {
      throw new BindFailure('page-range', `pages ${first}–${last} of ${facts.value.pages}`);
    }
    const pages = last - first + 1;
    if (item.expectedPages !== undefined && item.expectedPages !== pages) throw new BindFailure('page-count-changed', `${pages} pages, the index was made for ${item.expectedPages}`);
    const { kind, bytes, modifiedMs, repaired } = facts.value;
    return succeed({ kind, bytes, modifiedMs, firstIndex: first - 1, repaired, placeholder: null, notes: [], pages });
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

function findLinkErrors(plan: BindPlan, pages: number): readonly BindError[] {
  const keys = new Set(plan.sections.map((section) => section.key));
  const errors: BindError[] = [];
  for (const section of plan.sections) {
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
