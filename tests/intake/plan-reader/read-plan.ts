import type { Result } from '../../../src-main/domain/result.ts';
import { readBlocksAsPlan } from '../../../src-main/intake/plan-reader/blocks-as-plan.ts';
import type { PlanReading, PlanRefusal } from '../../../src-main/intake/plan-reader/blocks-as-plan.ts';
import { readBlocks } from '../../../src-main/intake/plan-reader/read-blocks.ts';

/** A document read as a plan in one process, as the worker and the service do it in two. */
export async function readPlan(bytes: Uint8Array, fileName: string): Promise<Result<PlanReading, PlanRefusal>> {
  const blocks = await readBlocks(bytes);
  return blocks.ok ? readBlocksAsPlan(blocks.value, fileName) : blocks;
}
