import { fail, type Result } from '../domain/result.ts';
import { readWhole } from './byte-window.ts';
import { convertInWorker } from './convert.ts';
import { extractText } from './extract-text.ts';
import { hashPage, writePageImage } from './render-page.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import type { WorkerMessage, WorkerRequest, WorkerTask } from './worker-protocol.ts';

/** A plan of a district has well under 1 MB. */
const longestPlan = 50 * 1048576;

/**
 * The process that looks into files from outside. It holds no archive and no database; it reads the file it is told and writes
 * into `derived/` only. The pool kills it when it takes too long or too much memory.
 */
async function run(id: number, task: WorkerTask): Promise<Result<unknown, IntakeTrouble>> {
  switch (task.kind) {
    case 'extract-text':
      return extractText(task, {
        started: (page, of) => send({ id, kind: 'page-started', page, of }),
        done: (page) => send({ id, kind: 'page-done', page }),
      });
    case 'render-page':
      return writePageImage(task, task.out);
    case 'hash-image':
      return hashPage(task);
    case 'look-at-pages': {
      const { lookAtPages } = await import('./scan/look-at-pages.ts');
      const of = task.pages.at(-1) ?? 0;
      return lookAtPages(task, { started: (page) => send({ id, kind: 'page-started', page, of }), seen: (look) => send({ id, kind: 'page-seen', look }) });
    }
    case 'recognise-page': {
      const { recognisePage } = await import('./ocr/recognise-page.ts');
      return recognisePage(task);
    }
    case 'read-plan-blocks': {
      const bytes = await readWhole(task.path, longestPlan);
      if (!bytes.ok) return bytes;
      const { readBlocks } = await import('./plan-reader/read-blocks.ts');
      const blocks = await readBlocks(bytes.value);
      return blocks.ok ? blocks : fail(trouble('file-damaged', blocks.error.message));
    }
    case 'compare-pages': {
      const { comparePages } = await import('./scan/look-at-pages.ts');
      return comparePages(task.one, task.other);
    }
    case 'convert':
      return convertInWorker(task);
    default:
      return task satisfies never;
  }
}

function send(message: WorkerMessage): void {
  process.send?.(message);
}

process.on('message', (request: WorkerRequest) => {
  run(request.id, request.task).then(
    (result) => send({ id: request.id, kind: 'result', result }),
    (error: unknown) => send({ id: request.id, kind: 'result', result: fail(trouble('file-damaged', `文件无法解读（${error instanceof Error ? error.message.slice(0, 120) : '原因不明'}）。`)) }),
  );
});
process.on('disconnect', () => process.exit(0));
// pdf.js leaves rejected promises behind on broken files; the request itself is answered above.
process.on('unhandledRejection', () => undefined);
