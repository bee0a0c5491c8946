import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { basename } from 'node:path';
import type { BindPlan } from '../../binder/index.ts';
import type { DrawOp, DrawnPage } from '../../domain/page-drawing.ts';

/**
 * One measured binding in a process of its own: `node bind-worker.ts LIST OUT FONT`. Numbers on every page, an index whose rows
 * link, an outline in three levels.
 */
async function main(list: string, out: string, font: string): Promise<void> {
  enableCompileCache();
  const { loadFonts, LOWER_DUPLEX_NUMBERS, planBinding, writeVolume } = await import('../../binder/index.ts');
  const files = readFileSync(list, 'utf8').split('\n').filter((line) => line !== '');
  const fonts = loadFonts({ song: font });
  const rows = 28;
  const pages: DrawnPage[] = [];
  for (let at = 0; at < files.length; at += rows) {
    const ops = files.slice(at, at + rows).flatMap((file, i): DrawOp[] => [
      { op: 'text', x: 20, y: 30 + i * 9, text: `${at + i + 1}　${basename(file)}`, font: 'song', size: 12 },
      { op: 'line', x1: 20, y1: 32 + i * 9, x2: 190, y2: 32 + i * 9, width: 0.1 },
      { op: 'link', x: 20, y: 24 + i * 9, w: 170, h: 8, toItem: file },
    ]);
    pages.push({ width: 210, height: 297, ops });
  }
  const plan: BindPlan = {
    info: { title: '测试卷', created: '2024-04-30T00:00:00+08:00' },
    fonts,
    onMissing: 'stop',
    numbering: { perVolume: LOWER_DUPLEX_NUMBERS },
    sections: [
      { kind: 'drawn', key: 'index', title: '卷内目录', labelPrefix: '目录', pages },
      ...files.map((path, i) => ({ kind: 'source' as const, key: path, path, title: basename(path), outlinePath: [`组 ${Math.floor(i / 200) + 1}`, `指标 ${Math.floor(i / 40) + 1}`] })),
    ],
  };
  const bound = planBinding(plan);
  const written = bound.ok ? await writeVolume(bound.value, out, { checksum: false }) : bound;
  process.stdout.write(`${JSON.stringify(written)}\n`);
  process.exitCode = written.ok ? 0 : 1;
}

const [list, out, font] = process.argv.slice(2);
if (list !== undefined && out !== undefined && font !== undefined) await main(list, out, font);
