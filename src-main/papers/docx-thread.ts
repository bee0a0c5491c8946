import { parentPort } from 'node:worker_threads';
import type { DataSheet } from './data-sheet.ts';
import type { Paper } from './paper.ts';
import type { PaperProfile } from './profile.ts';
import type { TemplateResult } from './template.ts';

/** What the thread is asked; answered in the order of asking. */
export type DocxTask =
  | { readonly id: number; readonly kind: 'paper'; readonly paper: Paper; readonly profile: PaperProfile }
  | { readonly id: number; readonly kind: 'sheets'; readonly sheets: readonly DataSheet[] }
  | { readonly id: number; readonly kind: 'template'; readonly template: Uint8Array; readonly values: Readonly<Record<string, string>> };

export type DocxReply = { readonly id: number; readonly result: TemplateResult } | { readonly id: number; readonly failed: string };

/** Each kind's library is loaded when it is first asked for: loading all takes a third of a second. */
async function answer(task: DocxTask): Promise<TemplateResult> {
  switch (task.kind) {
    case 'paper':
      return { ok: true, bytes: await (await import('./docx.ts')).renderPaperDocx(task.paper, task.profile), used: [] };
    case 'sheets':
      return { ok: true, bytes: await (await import('./data-sheet.ts')).renderXlsx(task.sheets), used: [] };
    case 'template':
      return (await import('./template.ts')).fillTemplate(task.template, task.values);
    default:
      return task satisfies never;
  }
}

// Packing a long DOCX keeps a thread busy for seconds: it has one of its own, so that the service goes on answering.
parentPort?.on('message', (task: DocxTask) => {
  answer(task).then(
    (result) => parentPort?.postMessage({ id: task.id, result } satisfies DocxReply),
    (error: unknown) => parentPort?.postMessage({ id: task.id, failed: error instanceof Error ? error.message : String(error) } satisfies DocxReply),
  );
});
