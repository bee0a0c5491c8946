/** What a plan document is made of, whatever file it came in: paragraphs and tables in reading order. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Cells by row and column; a merged cell repeats its text in every place that it covers. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; /** Columns were guessed from positions on a page. */ readonly guessed: boolean };

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/**
 * Full-width signs as ASCII, one for one: positions in the answer are positions in the text. Spaces of any width become plain ones.
 */
export const halfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[\u3000\u2002\u2003\u2009\u00a0\t]/gu, ' ').replace(/[≧⩾]/gu, '≥').replace(/[≦⩽]/gu, '≤').replace(/﹥/gu, '>').replace(/﹤/gu, '<')
    // 〔县林业局牵头〕 is a bracket like others; the one about a document's year is its number's.
    .replace(/[〔〖](?!\s*20\d{2}\s*[〕〗])/gu, '(').replace(/(?<![〔〖]\s*20\d{2}\s*)[〕〗]/gu, ')');

/** One line without the spaces that lay-out left in it: at its ends, and between ideographs. */
export const tidyLine = (text: string): string =>
  text
    .replace(/[\u3000\u2002\u2003\u2009\u00a0\t\r\ufeff\u200b]/gu, ' ')
    .replace(/(?<=[\u4e00-\u9fff])(?<!单位|部门) +(?=[\u4e00-\u9fff])(?!牵头|责任|配合|协办|参与|完成|(?<!完成 +)时限|联系|分管)(?!(?<=[局委部办心院社厅处队会] +)[区市县各省镇州旗乡])/gu, (gap) => (gap.length > 3 ? gap : ''))
    .trim();

/** Why a document could not be read as a plan, in Chinese, with what to do. */
export interface PlanRefusal {
  readonly message: string;
}

const MOST_CHARACTERS = 400_000;
const MOST_BLOCKS = 20_000;

const sizeOf = (block: Block): number => (block.kind === 'paragraph' ? block.text.length : block.rows.reduce((sum, row) => sum + row.reduce((cells, cell) => cells + cell.length, 0), 0));

/** What is longer than any plan is not read as one; null where it is not. */
export const refuseLength = (blocks: readonly Block[]): PlanRefusal | null => {
  const size = blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  return size > MOST_CHARACTERS || blocks.length > MOST_BLOCKS ? { message: `文件有${Math.ceil(size / 10_000)}万字，不像一份方案；请只留方案正文。` } : null;
};
