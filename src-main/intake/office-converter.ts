import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ok, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
import { withFile } from './byte-window.ts';
import { withPackage } from './package-reader.ts';
import { trouble, type IntakeTrouble } from './trouble.ts';
import { XmlForbidden } from './xml-scan.ts';

/** Kinds that an office program turns into PDF. */
export const convertedByOffice: ReadonlySet<FileKind> = new Set(['docx', 'xlsx', 'doc', 'xls', 'ppt']);

export interface OfficeTask {
  readonly path: string;
  readonly kind: FileKind;
  /** Where the PDF shall lie. */
  readonly out: string;
}

export interface OfficeOptions {
  /** LibreOffice's program, see `findOffice`. */
  readonly program: string;
  readonly signal?: AbortSignal;
  /** Longest time for starting the program and for each file, milliseconds; default 60,000 each. */
  readonly startTimeout?: number;
  readonly fileTimeout?: number;
  /** Files that are settled so far. */
  readonly onProgress?: (settled: number) => void;
}

type Outcome = Result<{ readonly path: string }, IntakeTrouble>;

/** Files given to one run: starting the program costs more than a conversion, and what a killed run had left over starts anew. */
const filesPerRun = 40;

/**
 * Makes PDFs of office documents with LibreOffice, many in one run. It runs with a profile of its own that forbids macros, link updates
 * and the network. A run that shows no new result for `fileTimeout` is killed with all its children; the file it was busy with is tried
 * once more alone, the others go into the next run, so that one bad file costs only itself. Answers in the order of the tasks.
 */
export async function convertByOffice(tasks: readonly OfficeTask[], options: OfficeOptions): Promise<readonly Outcome[]> {
  const { startTimeout = 60_000, fileTimeout = 60_000, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'chuangdang-office-'));
  try {
    await writeProfile(join(folder, 'profile'));
    const outcomes: (Outcome | undefined)[] = await Promise.all(tasks.map((task, index) => admit(task, join(folder, nameOf(task, index)))));
    const resultOf = (index: number): string => join(folder, 'out', `${index}.pdf`);
    /** Runs the program over some files, in this order, and takes what it made; answers how it ended. */
    const run = async (indexes: readonly number[]): Promise<RunEnd> => {
      const end = await runOffice(options.program, folder, indexes.flatMap((index) => (tasks[index] === undefined ? [] : [nameOf(tasks[index], index)])), { startTimeout, fileTimeout, signal });
      for (const index of indexes) {
        const task = tasks[index];
        if (task !== undefined && (await isWhole(resultOf(index)))) outcomes[index] = await adopt(resultOf(index), task.out);
      }
      options.onProgress?.(outcomes.filter((outcome) => outcome !== undefined).length);
      return end;
    };
    let open = outcomes.flatMap((outcome, index) => (outcome === undefined ? [index] : []));
    while (open.length > 0 && signal?.aborted !== true) {
      const batch = open.slice(0, filesPerRun);
      const end = await run(batch);
      // It takes the files in order: what comes before its last result was tried. Where it died, the one after that is the suspect.
      const last = batch.findLastIndex((index) => outcomes[index] !== undefined);
      const untried = end === 'finished' ? [] : batch.slice(last + 1);
      const [suspect, ...rest] = untried;
      if (suspect !== undefined && batch.length > 1) await run([suspect]);
      for (const index of batch) if (!rest.includes(index)) outcomes[index] ??= end === 'silent' && index === suspect ? fail(trouble('file-damaged', tooSlow)) : undefined;
      open = [...rest, ...open.slice(filesPerRun)];
    }
    return outcomes.map((outcome) => outcome ?? fail(signal?.aborted === true ? trouble('cancelled', '已取消。') : trouble('file-damaged', '办公软件打不开或转换不了这个文件，请用原程序打开后另存为 PDF 再导入。')));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const tooSlow = '办公软件转换这个文件用时过长，已停止；请用原程序打开后另存为 PDF 再导入。';

/** Plain names: the files' own never reach a command line. */
const nameOf = (task: OfficeTask, index: number): string => `${index}.${task.kind}`;

/** Copies the file to the run's folder, or says why it may not go there. */
async function admit(task: OfficeTask, copy: string): Promise<Outcome | undefined> {
  if (!convertedByOffice.has(task.kind)) return fail(trouble('file-unsupported', '这类文件不是办公文档。'));
  if (task.kind === 'docx' || task.kind === 'xlsx') {
    const checked = await withPackage(task.path, async (parts) => {
      for (const name of parts.names.filter((candidate) => /\.(xml|rels|vml)$/u.test(candidate))) {
        if (/<!(?:DOCTYPE|ENTITY)/iu.test((await parts.xml(name)) ?? '')) throw new XmlForbidden(name);
      }
      return ok(undefined);
    });
    if (!checked.ok) return checked;
  }
  await copyFile(task.path, copy);
  return undefined;
}

/** Settings of LibreOffice's registry: no macros, no links, no way out but a proxy that is not there. */
async function writeProfile(folder: string): Promise<void> {
  const settings: readonly (readonly [string, string, string])[] = [
    ['/org.openoffice.Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'],
    ['/org.openoffice.Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'],
    ['/org.openoffice.Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'],
    ['/org.openoffice.Office.Common/Security/Scripting', 'DisableActiveContent', 'true'],
    ['/org.openoffice.Office.Writer/Content/Update', 'Link', '0'],
    ['/org.openoffice.Office.Calc/Content/Update', 'Link', '2'],
    ['/org.openoffice.Inet/Settings', 'ooInetProxyType', '2'],
    ['/org.openoffice.Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
    ['/org.openoffice.Inet/Settings', 'ooInetHTTPProxyPort', '9'],
    ['/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
    ['/org.openoffice.Inet/Settings', 'ooInetHTTPSProxyPort', '9'],
  ];
  const items = settings.map(([path, name, value]) => `<item oor:path="${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`);
  await mkdir(join(folder, 'user'), { recursive: true });
  await writeFile(
    join(folder, 'user', 'registrymodifications.xcu'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n${items.join('\n')}\n</oor:items>\n`,
  );
}

/** How a run ended: by itself, because nothing came for too long, or otherwise (it crashed, or was told to stop). */
type RunEnd = 'finished' | 'silent' | 'died';

const lookEvery = 500;

/** Ends when the program ends, nothing new came in time or the signal is aborted; then nothing of it is left running. */
async function runOffice(program: string, folder: string, names: readonly string[], limits: { readonly startTimeout: number; readonly fileTimeout: number; readonly signal: AbortSignal | undefined }): Promise<RunEnd> {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const out = join(folder, 'out');
  const child = spawn(
    program,
    [`-env:UserInstallation=${profile}`, '--headless', '--norestore', '--nologo', '--nodefault', '--nolockcheck', '--nofirststartwizard', '--convert-to', 'pdf', '--outdir', out, ...names],
    // A group of its own on Unix: the program is a script that starts another one.
    { cwd: folder, stdio: 'ignore', detached: process.platform !== 'win32', windowsHide: true, env: { ...process.env, HOME: folder, SAL_USE_VCLPLUGIN: 'svp' } },
  );
  const end = (): void => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Already gone.
    }
  };
  let silent = false;
  let seen = -1;
  let until = Date.now() + limits.startTimeout + limits.fileTimeout;
  const watch = setInterval(() => {
    void readdir(out).then((made) => made.length, () => 0).then((made) => {
      if (made > Math.max(0, seen)) until = Date.now() + limits.fileTimeout;
      seen = made;
      if (Date.now() < until) return;
      silent = true;
      end();
    });
  }, Math.min(lookEvery, Math.max(20, limits.fileTimeout + limits.startTimeout)));
  limits.signal?.addEventListener('abort', end, { once: true });
  const code = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  clearInterval(watch);
  limits.signal?.removeEventListener('abort', end);
  end();
  return silent ? 'silent' : code === 0 ? 'finished' : 'died';
}

/** Whether a result is there to its end: a run that was killed leaves half of one. */
async function isWhole(path: string): Promise<boolean> {
  const end = await withFile(path, async (file) => ok(new TextDecoder('latin1').decode(await file.read(Math.max(0, file.size - 1024), 1024))));
  return end.ok && end.value.includes('%%EOF');
}

/** Moves the result to its place, also across file systems, and never shows half of it. */
async function adopt(from: string, out: string): Promise<Outcome> {
  const part = `${out}.${process.pid}.part`;
  await copyFile(from, part);
  await rename(part, out);
  return ok({ path: out });
}
