import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, ok, type Result } from '../domain/result.ts';
import type { FileKind } from '../domain/snapshot.ts';
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
  /** Longest time for starting the program and for each file, milliseconds; defaults 60,000 and 30,000. */
  readonly startTimeout?: number;
  readonly fileTimeout?: number;
}

type Outcome = Result<{ readonly path: string }, IntakeTrouble>;

/**
 * Makes PDFs of office documents, all in one run of LibreOffice (starting it costs more than a conversion). It runs with a profile
 * of its own that forbids macros, link updates and the network. If the run does not end in time it is killed with all its
 * children; the files without a result get a second run one by one, so that one bad file costs only itself. Answers in the order of the tasks.
 */
export async function convertByOffice(tasks: readonly OfficeTask[], options: OfficeOptions): Promise<readonly Outcome[]> {
  const { startTimeout = 60_000, fileTimeout = 30_000 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'chuangdang-office-'));
  try {
    await writeProfile(join(folder, 'profile'));
    const outcomes: (Outcome | undefined)[] = await Promise.all(tasks.map((task, index) => admit(task, join(folder, nameOf(task, index)))));
    const open = (): readonly number[] => outcomes.flatMap((outcome, index) => (outcome === undefined ? [index] : []));
    const convert = async (indexes: readonly number[], patience: number): Promise<void> => {
      if (indexes.length === 0 || options.signal?.aborted === true) return;
      await runOffice(options.program, folder, indexes.flatMap((index) => (tasks[index] === undefined ? [] : [nameOf(tasks[index], index)])), patience, options.signal);
      for (const index of indexes) {
        const task = tasks[index];
        if (task !== undefined && (await isWhole(join(folder, 'out', `${index}.pdf`)))) outcomes[index] = await adopt(join(folder, 'out', `${index}.pdf`), task.out);
      }
    };
    const all = open();
    await convert(all, startTimeout + fileTimeout * all.length);
    if (all.length > 1) for (const index of open()) await convert([index], startTimeout + fileTimeout);
    return outcomes.map((outcome) => outcome ?? fail(options.signal?.aborted === true ? trouble('cancelled', '已取消。') : trouble('file-damaged', '办公软件打不开或转换不了这个文件，请用原程序打开后另存为 PDF 再导入。')));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

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

/** Ends when the program ends, the time is up or the signal is aborted; then nothing of it is left running. */
async function runOffice(program: string, folder: string, names: readonly string[], patience: number, signal: AbortSignal | undefined): Promise<void> {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const child = spawn(
    program,
    [`-env:UserInstallation=${profile}`, '--headless', '--norestore', '--nologo', '--nodefault', '--nolockcheck', '--nofirststartwizard', '--convert-to', 'pdf', '--outdir', join(folder, 'out'), ...names],
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
  const timer = setTimeout(end, patience);
  signal?.addEventListener('abort', end, { once: true });
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  clearTimeout(timer);
  signal?.removeEventListener('abort', end);
  end();
}

const isWhole = async (path: string): Promise<boolean> => stat(path).then((found) => found.size > 0, () => false);

/** Moves the result to its place, also across file systems, and never shows half of it. */
async function adopt(from: string, out: string): Promise<Outcome> {
  const part = `${out}.${process.pid}.part`;
  await copyFile(from, part);
  await rename(part, out);
  return ok({ path: out });
}
