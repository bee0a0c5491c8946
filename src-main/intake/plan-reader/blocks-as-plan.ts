import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { assemble } from './assemble.ts';
import type { PlanReading } from './assemble.ts';
import { refuseLength, tidyLine } from './block.ts';
import type { Block, PlanRefusal } from './block.ts';
import type { Draft, Question } from './draft.ts';
import { draftsOfOutline, draftsOfSentences, questionsOfUnread } from './item-drafts.ts';
import { buildOutline, sectionKind } from './outline.ts';
import type { Outline, OutlineNode } from './outline.ts';
import { joinOpen } from './join-open.ts';
import { readHead } from './plan-head.ts';
import { draftsOfLabels } from './unnumbered-drafts.ts';
import { readLegend } from './responsibility.ts';
import { draftsOfTable } from './table-drafts.ts';
import type { TableReading } from './table-drafts.ts';
import { findBounds } from './target-phrase.ts';

export type { PlanField, PlanReading } from './assemble.ts';
export type { PlanRefusal } from './block.ts';
export type { Question } from './draft.ts';

/** A paragraph of a plan has some hundred characters; a longer one is read so far, and the rest asked about. */
const LONGEST_PARAGRAPH = 3000;

const shorten = (block: Block): Block =>
  block.kind === 'paragraph' ? { ...block, text: block.text.slice(0, LONGEST_PARAGRAPH) } : { ...block, rows: block.rows.map((row) => row.map((cell) => cell.slice(0, LONGEST_PARAGRAPH))) };

/**
 * Reads the blocks of a work plan into a catalog draft, whatever file they came from. Each field keeps its sentence and a confidence;
 * what does not fit is a question. Refused are documents without indicators, and tables whose columns cannot be told.
 */
export const readBlocksAsPlan = (whole: readonly Block[], fileName: string): Result<PlanReading, PlanRefusal> => {
  const tooLong = refuseLength(whole);
  if (tooLong !== null) return fail(tooLong);
  const long = whole.filter((block) => block.kind === 'paragraph' && block.text.length > LONGEST_PARAGRAPH);
  const blocks = joinOpen(whole.map(shorten));
  const paragraphs = blocks.flatMap((block) => (block.kind === 'paragraph' ? [tidyLine(block.text)] : [])).filter((text) => text !== '');
  const outline = buildOutline(blocks);
  const legend = readLegend(paragraphs);
  const tables = tablesOf(outline).map(({ table, section }) => draftsOfTable(table, section, legend));
  const written = draftsOfOutline(outline, legend);
  const listed = written.some((draft) => draft.section === 'not-applicable') ? [] : draftsOfSentences(paragraphs);
  const numbered = mergeTables([...written, ...listed], tables);
  const drafts = numbered.length > 0 ? numbered : draftsOfLabels(paragraphs, legend);
  const refusals = tables.map((table) => table.refusal).filter((refusal) => refusal !== '');
  if (drafts.length === 0) {
    if (refusals.length > 0) return fail({ message: `${refusals.join('；')}。请改成带表头的表格，或另行提供文字方案。` });
    return fail({ message: paragraphs.length === 0 ? '文件里没有文字（可能是扫描件），请换成有文字的 DOCX 或 PDF。' : '没有找到指标：文中没有带责任单位或目标的编号条目，也没有指标表。请确认是不是创建工作方案。' });
  }
  const head = readHead(paragraphs, outline, fileName);
  const reading = assemble(head, drafts, 'plan');
  const leftOut = written.length > 0 && numbered.length > 0 ? questionsOfUnread(outline) : [];
  const tableQuestions = [
    ...leftOut,
    ...long.map((block): Question => ({ where: '长段落', sentence: block.kind === 'paragraph' ? block.text.slice(0, 60) : '', asks: `这一段超过${LONGEST_PARAGRAPH}字，只读了前面的部分，请核对其后有无指标。` })),
    ...tables.flatMap((table) => table.questions), ...refusals.map((refusal): Question => ({ where: '表格', sentence: '', asks: `${refusal}，这张表没有读入，请手工补充。` }))];
  return ok({ ...reading, questions: [...reading.questions, ...tableQuestions] });
};

function tablesOf({ frontTables, sections }: Outline): readonly { readonly table: Extract<Block, { readonly kind: 'table' }>; readonly section: Draft['section'] }[] {
  const below = (node: OutlineNode, section: Draft['section']): ReturnType<typeof tablesOf> => {
    const own = sectionKind(node.head) === 'not-applicable' ? 'not-applicable' : section;
    return [...node.tables.map((table) => ({ table, section: own })), ...node.children.flatMap((child) => below(child, own))];
  };
  return [...frontTables.map((table) => ({ table, section: 'assessed' as const })), ...sections.flatMap((section) => below(section, 'assessed'))];
}

const plainName = (text: string): string => text.replace(/[^\u4e00-\u9fffA-Za-z0-9.]/gu, '');

/** What one draft lacks, the other's words complete. */
const complete = (draft: Draft, twin: Draft): Draft => ({
  ...draft,
  responsibility: draft.responsibility ?? twin.responsibility,
  responsibilityWords: draft.responsibilityWords || twin.responsibilityWords,
  targetText: draft.targetText || (findBounds(draft.text).length > 0 || twin.targetText === twin.heading ? '' : twin.targetText),
});

/** Where text and a table, or two tables, name the same indicator, the later completes the earlier. Rows of one table are never one indicator. */
function mergeTables(written: readonly Draft[], tables: readonly TableReading[]): readonly Draft[] {
  return tables.reduce<readonly Draft[]>((known, table) => {
    const left = new Set(table.drafts);
    const completed = known.map((draft) => {
      const own = plainName(draft.heading);
      const twin = [...left].find((row) => own !== '' && (own.startsWith(plainName(row.heading)) || plainName(row.heading).startsWith(own)));
      if (twin === undefined) return draft;
      left.delete(twin);
      return complete(draft, twin);
    });
    return [...completed, ...left];
  }, written);
}
