import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planBinding, writeVolume, type BindPlan } from '../../src-main/binder/index.ts';
import { A4 } from '../../src-main/domain/page-drawing.ts';
import { openBundledFonts } from '../../src-main/service/font-files.ts';

/** What the parent asks of this process: bind one source, plainly to be compared and again with everything that can be stamped. */
export interface BindOrder {
  readonly path: string;
  readonly plain: string;
  readonly stamped: string;
}

export type BindOutcome =
  | { readonly kind: 'bound'; readonly pages: number; readonly notes: readonly string[]; readonly seconds: number; readonly peakMiB: number }
  | { readonly kind: 'refused'; readonly step: 'plan' | 'write' | 'stamped'; readonly code: string; readonly detail: string; readonly seconds: number; readonly peakMiB: number }
  | { readonly kind: 'crashed'; readonly detail: string };

const fonts = openBundledFonts(join(import.meta.dirname, '../../resources'));

function planFor(path: string, more: Partial<BindPlan>, item: Partial<Extract<BindPlan['sections'][number], { kind: 'source' }>>): BindPlan {
  return {
    info: { title: '试卷', created: '2024-04-30T09:00:00+08:00' },
    fonts,
    onMissing: 'stop',
    numbering: {},
    sections: [
      {
        kind: 'laid-out',
        key: 'index',
        title: '目录',
        labelPrefix: '目录',
        layOut: (sources) => [{ ...A4, ops: sources.flatMap(({ item: source, firstPage }) => [{ op: 'text' as const, x: 20, y: 60, text: `${source.title} ${firstPage}`, font: 'song' as const, size: 12 }, { op: 'link' as const, x: 20, y: 50, w: 100, h: 10, toItem: source.key }]) }],
      },
      { kind: 'source', key: 'a', path, title: '材料', outlinePath: ['第一组', '1 指标'], ...item },
    ],
    ...more,
  };
}

/** Peak memory of this process since the last call, MiB; the kernel forgets it on request (Linux, proc(5)). */
function takePeak(): number {
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? 0) / 1024;
  writeFileSync('/proc/self/clear_refs', '5');
  return Math.round(peak);
}

async function bind({ path, plain, stamped }: BindOrder): Promise<BindOutcome> {
  takePeak();
  const began = performance.now();
  const measured = (): { readonly seconds: number; readonly peakMiB: number } => ({ seconds: Math.round(performance.now() - began) / 1000, peakMiB: takePeak() });
  const bound = planBinding(planFor(path, { numbering: { perVolume: { place: 'upper-right', offsetX: 0, offsetY: 0, font: 'song', size: 6, avoidContent: false } } }, {}));
  if (!bound.ok) return { kind: 'refused', step: 'plan', code: bound.error[0]?.code ?? '', detail: bound.error[0]?.detail ?? '', ...measured() };
  const written = await writeVolume(bound.value, plain);
  if (!written.ok) return { kind: 'refused', step: 'write', code: written.error.code, detail: written.error.detail, ...measured() };
  const everything = planBinding(
    planFor(
      path,
      {
        numbering: { perVolume: { place: 'duplex-upper', offsetX: 15, offsetY: 10, font: 'song', size: 12 }, perItem: { place: 'lower-center', offsetX: 0, offsetY: 10, font: 'song', size: 9, format: '— {n}/{total} —' } },
        watermark: { text: '草稿' },
        header: { text: '试验页眉' },
      },
      {
        filingStamp: { rows: [['0001', '2024', '2'], ['办公室', '永久', '4']], position: 'top-center' },
        proofMarks: [{ page: 1, rect: { x: 20, y: 60, w: 80, h: 6 }, unit: 'mm' }],
      },
    ),
  );
  const second = everything.ok ? await writeVolume(everything.value, stamped) : { ok: false as const, error: { code: everything.error[0]?.code ?? '', detail: everything.error[0]?.detail ?? '' } };
  if (!second.ok) return { kind: 'refused', step: 'stamped', code: second.error.code, detail: second.error.detail, ...measured() };
  return { kind: 'bound', pages: written.value.sources[0]?.pages ?? 0, notes: written.value.sources[0]?.notes ?? [], ...measured() };
}

process.on('message', (order: BindOrder) => {
  bind(order)
    .catch((thrown: unknown): BindOutcome => ({ kind: 'crashed', detail: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) }))
    .then((outcome) => process.send?.(outcome), () => process.exit(1));
});
