import { fail, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { refuseLength } from './block.ts';
import type { Block, PlanRefusal } from './block.ts';
import { blocksOfDocx } from './docx-blocks.ts';
import { blocksOfPdf } from './pdf-blocks.ts';
import { blocksOfText } from './txt-blocks.ts';

/**
 * Paragraphs and tables of a document (TXT, DOCX or PDF, told apart by content). Refused are files that cannot be opened or are longer
 * than any plan. Runs in the worker only: the document comes from outside.
 */
export async function readBlocks(bytes: Uint8Array): Promise<Result<readonly Block[], PlanRefusal>> {
  const blocks = await readByKind(bytes);
  if (!blocks.ok) return blocks;
  const tooLong = refuseLength(blocks.value);
  return tooLong === null ? blocks : fail(tooLong);
}

async function readByKind(bytes: Uint8Array): Promise<Result<readonly Block[], PlanRefusal>> {
  const begins = (text: string): boolean => new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes(text);
  if (bytes.length === 0) return fail({ message: '文件是空的，请换一份。' });
  if (begins('%PDF-')) return blocksOfPdf(bytes);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return blocksOfDocx(bytes);
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return fail({ message: '这是旧版 Word（.doc）或 WPS 文件，请另存为 DOCX 或 PDF 后再读。' });
  const blocks = blocksOfText(bytes);
  return blocks === undefined ? fail({ message: '不是 DOCX、PDF 或文本文件，读不出文字；请换成其中一种格式。' }) : ok(blocks);
}
