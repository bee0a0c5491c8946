import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { finish } from '../../src-main/domain/steps.ts';
import type { Steps } from '../../src-main/domain/steps.ts';
import { buildItemCatalogModel, catalogSheet, defaultProfile, describeItemCatalog, layoutPaperSteps, layoutPaperWithAnchors, renderXlsx } from '../../src-main/papers/index.ts';
import { DocxDesk } from '../../src-main/service/papers/docx-desk.ts';
import { findDocxThread } from '../../src-main/service/resources.ts';
import { inTurns } from '../../src-main/service/turns.ts';
import { measure, plan, snapshot } from '../papers/paper-fixture.ts';
import { numbering } from '../domain/volume-plan-fixture.ts';

const desk = new DocxDesk(findDocxThread);
afterAll(() => desk.close());

/** Work that holds the thread in each of its steps. */
function* busy(steps: number, onStep: (step: number) => void = () => undefined): Steps<string> {
  for (let step = 0; step < steps; step += 1) {
    const began = performance.now();
    while (performance.now() - began < 3);
    onStep(step);
    yield;
  }
  return 'done';
}

/** How often something else of the process had its turn before `work` was through. */
async function othersDuring(work: () => unknown): Promise<number> {
  let over = false;
  let turns = 0;
  const other = (async (): Promise<void> => {
    await nextTurn();
    while (!over) {
      turns += 1;
      await nextTurn();
    }
  })();
  await nextTurn();
  turns = 0;
  await work();
  const seen = turns;
  over = true;
  await other;
  return seen;
}

describe('long work of the service', () => {
  it('lets others have their turn, which all at once it does not', async () => {
    expect(await othersDuring(async () => expect(await inTurns(busy(12))).toBe('done'))).toBeGreaterThan(1);
    expect(await othersDuring(() => expect(finish(busy(12))).toBe('done'))).toBe(0);
  });

  it('ends with the reason of the one who stops it', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const work = inTurns(
      busy(12, (step) => {
        seen.push(step);
        if (step === 2) stop.abort(new Error('enough'));
      }),
      stop.signal,
    );
    await expect(work).rejects.toThrow('enough');
    expect(seen).toEqual([0, 1, 2]);
  });

  it('lays out a paper as it does at once', async () => {
    const paper = describeItemCatalog(buildItemCatalogModel(snapshot, plan, numbering, '全宗名称', true), defaultProfile);
    expect(await inTurns(layoutPaperSteps(paper, defaultProfile, measure))).toEqual(layoutPaperWithAnchors(paper, defaultProfile, measure));
  });

  it('writes a workbook beside its thread, the same bytes', async () => {
    const sheets = [catalogSheet(buildItemCatalogModel(snapshot, plan, numbering, '全宗名称', false))];
    expect(Buffer.from(await desk.renderSheets(sheets)).equals(Buffer.from(await renderXlsx(sheets)))).toBe(true);
  });
});
