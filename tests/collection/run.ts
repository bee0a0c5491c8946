import { fork, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { differingPixels, renderPages } from '../binder/rendered-pages.ts';
import { runBounded } from '../binder/tools.ts';
import type { BindOrder, BindOutcome } from './worker.ts';

/**
 * Binds every PDF of a folder as the program would, each twice (a plain volume, and one with every kind of stamp), and lets qpdf and poppler
 * judge: `npm run collection -- DIR [--part 1/2] [--only TEXT] [--report FILE]`. The report has one JSON line a file. Ends with 1 where a file
 * crashed or hung the binder, took too much memory, came out faulty or looking different, or was refused though qpdf and poppler read it.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { part: { type: 'string', default: '1/1' }, only: { type: 'string', default: '' }, report: { type: 'string', default: '' } },
});

const MAX_SECONDS = 60;
const MAX_PEAK_MIB = 600;
const CORNER_POINTS = { width: 40, height: 12 };
/** Dots per inch of pages of usual size; huge ones are drawn smaller. */
const RESOLUTION = 36;
const USUAL_POINTS = 1500;
const PAGES_COMPARED = 3;

type Judged = { readonly file: string; readonly outcome: BindOutcome | { readonly kind: 'hung' }; readonly faults: readonly string[]; readonly remarks: readonly string[] };

const binder: { process: ChildProcess | null } = { process: null };

/** A process that outlives good files; one that hangs is ended and replaced. */
function askChild(order: BindOrder): Promise<BindOutcome | { readonly kind: 'hung' }> {
  const worker = binder.process ?? fork(join(import.meta.dirname, 'worker.ts'), { execArgv: [] });
  binder.process = worker;
  return new Promise((resolve) => {
    const done = (outcome: BindOutcome | { readonly kind: 'hung' }): void => {
      clearTimeout(timer);
      worker.removeAllListeners();
      if (outcome.kind === 'hung' || (outcome.kind === 'crashed' && outcome.detail.startsWith('ended'))) {
        worker.kill('SIGKILL');
        binder.process = null;
      }
      resolve(outcome);
    };
    const timer = setTimeout(() => done({ kind: 'hung' }), MAX_SECONDS * 1000);
    worker.once('message', (outcome: BindOutcome) => done(outcome));
    worker.once('exit', (code, signal) => done({ kind: 'crashed', detail: `ended by ${signal ?? code}` }));
    worker.send(order);
  });
}

interface Opinion {
  /** 0 sound, 3 warnings, 2 errors. */
  readonly qpdf: number;
  readonly qpdfSays: string;
  readonly qpdfPages: number;
  readonly popplerPages: number;
  readonly longestPoints: number;
}

function askTools(path: string): Opinion {
  const check = runBounded('qpdf', ['--check', path]);
  const pages = runBounded('qpdf', ['--show-npages', path]);
  const info = runBounded('pdfinfo', ['-f', '1', '-l', String(PAGES_COMPARED), path]);
  const sides = [...info.output.matchAll(/size: +([\d.]+) x ([\d.]+)/g)].flatMap(([, width, height]) => [Number(width), Number(height)]);
  return {
    qpdf: check.status ?? -1,
    qpdfSays: check.output.replaceAll(path, '').replaceAll('\n', ' | ').slice(0, 400),
    qpdfPages: Number(/^\d+$/m.exec(pages.output)?.[0] ?? 0),
    popplerPages: Number(/Pages: +(\d+)/.exec(info.output)?.[1] ?? 0),
    longestPoints: Math.max(0, ...sides),
  };
}

async function judge(path: string, scratch: string): Promise<Judged> {
  const plain = join(scratch, 'plain.pdf');
  const stamped = join(scratch, 'stamped.pdf');
  const outcome = await askChild({ path, plain, stamped });
  const faults: string[] = [];
  const remarks: string[] = [];
  const source = askTools(path);
  if (outcome.kind === 'hung') faults.push('hung');
  else if (outcome.kind === 'crashed') faults.push(`crashed: ${outcome.detail}`);
  else {
    if (outcome.peakMiB > MAX_PEAK_MIB) faults.push(`peak ${outcome.peakMiB} MiB`);
    if (outcome.kind === 'refused') {
      const sound = source.qpdf !== 2 && source.qpdfPages > 0;
      const said = `refused (${outcome.step} ${outcome.code}: ${outcome.detail}); qpdf ${source.qpdf}, ${source.qpdfPages} pages, poppler ${source.popplerPages} pages; ${source.qpdfSays}`;
      (sound || source.popplerPages > 0 ? faults : remarks).push(said);
    } else {
      judgeVolumes(path, plain, stamped, outcome.pages, source, scratch, faults, remarks);
    }
  }
  rmSync(plain, { force: true });
  rmSync(stamped, { force: true });
  return { file: basename(path), outcome, faults, remarks };
}

function judgeVolumes(path: string, plain: string, stamped: string, pages: number, source: Opinion, scratch: string, faults: string[], remarks: string[]): void {
  if (source.qpdf > 100) {
    remarks.push('qpdf comes to no end with the source: not judged');
    return;
  }
  for (const [name, volume] of [['plain', plain], ['stamped', stamped]] as const) {
    const { status, output } = runBounded('qpdf', ['--check', volume]);
    const said = `qpdf on the ${name} volume: ${status} ${output.replaceAll(volume, '').replaceAll('\n', ' | ').slice(0, 400)}`;
    // Streams pass as they are: what is wrong within them stays so, where qpdf said it of the source.
    if (status !== 0) (status === 3 && source.qpdf !== 0 ? remarks : faults).push(said);
  }
  if (source.qpdf !== 2 && source.qpdfPages !== pages) (source.qpdfPages === 0 ? remarks : faults).push(`${pages} pages, qpdf ${source.qpdfPages}, poppler ${source.popplerPages}`);
  // A file that poppler finds no page in is no fault where the volume has some.
  if (source.popplerPages !== pages) (source.qpdfPages === pages || source.popplerPages === 0 ? remarks : faults).push(`${pages} pages, poppler ${source.popplerPages}`);
  if (source.popplerPages !== pages) return;
  const dpi = source.longestPoints > USUAL_POINTS ? (RESOLUTION * USUAL_POINTS) / source.longestPoints : RESOLUTION;
  const corner = { width: Math.ceil((CORNER_POINTS.width * RESOLUTION) / 72), height: Math.ceil((CORNER_POINTS.height * RESOLUTION) / 72) };
  const ranges = pages > PAGES_COMPARED ? [[1, PAGES_COMPARED], [pages, pages]] as const : [[1, pages]] as const;
  for (const [first, last] of ranges) {
    const draw = (file: string, skipped: number, into: string): ReturnType<typeof renderPages> =>
      renderPages(file, join(scratch, into), ['-cropbox', '-r', String(dpi), '-f', String(first + skipped), '-l', String(last + skipped)], runBounded);
    const before = draw(path, 0, 'before');
    const after = draw(plain, 1, 'after');
    if (before.length !== after.length) faults.push(`poppler draws ${after.length} pages of the volume, ${before.length} of the source`);
    before.forEach((page, i) => {
      const bound = after[i];
      const differing = bound === undefined ? 0 : differingPixels(page, bound, corner);
      if (page.width === 1 && page.height === 1) remarks.push(`poppler draws no page ${first + i}`);
      else if (bound !== undefined && (bound.width !== page.width || bound.height !== page.height)) faults.push(`page ${first + i} is ${bound.width} × ${bound.height} pixels, not ${page.width} × ${page.height}`);
      else if (differing > 0) {
        const apart = bound === undefined ? 0 : differingPixels(page, bound, corner, true);
        if (apart > 0) faults.push(`page ${first + i} differs in ${apart} of ${page.width * page.height} pixels`);
        else remarks.push(`page ${first + i}: ${differing} pixels moved by less than one`);
      }
    });
  }
}

const [folder = '.'] = positionals;
const [part = 1, parts = 1] = values.part.split('/').map(Number);
const names = readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.pdf') && name.includes(values.only)).filter((_, i) => i % parts === part - 1);
const scratch = mkdtempSync(join(tmpdir(), 'collection-'));
const counts = { bound: 0, refused: 0, faulty: 0 };
let slowest = { file: '', seconds: 0 };
let largest = { file: '', peakMiB: 0 };
try {
  for (const [i, name] of names.entries()) {
    const judged = await judge(join(folder, name), scratch);
    const { outcome } = judged;
    if (outcome.kind === 'bound') counts.bound++;
    if (outcome.kind === 'refused') counts.refused++;
    if (outcome.kind === 'bound' || outcome.kind === 'refused') {
      if (outcome.seconds > slowest.seconds) slowest = { file: name, seconds: outcome.seconds };
      if (outcome.peakMiB > largest.peakMiB) largest = { file: name, peakMiB: outcome.peakMiB };
    }
    if (judged.faults.length > 0) {
      counts.faulty++;
      console.log(`${name}: ${judged.faults.join('; ')}`);
    }
    if (values.report !== '') appendFileSync(values.report, `${JSON.stringify(judged)}\n`);
    if (process.stderr.isTTY) process.stderr.write(`${i + 1}/${names.length}\r`);
  }
} finally {
  binder.process?.kill();
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`${names.length} files: ${counts.bound} bound, ${counts.refused} refused, ${counts.faulty} with faults; slowest ${slowest.seconds} s (${slowest.file}), largest ${largest.peakMiB} MiB (${largest.file})`);
process.exitCode = counts.faulty === 0 ? 0 : 1;
