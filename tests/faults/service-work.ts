import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calls } from '../../src-main/contract/index.ts';
import type { CallOutput, ServiceCallName } from '../../src-main/contract/index.ts';
import { Dispatcher } from '../../src-main/service/dispatcher.ts';
import { handlers } from '../../src-main/service/handlers/index.ts';
import { Session } from '../../src-main/service/session.ts';
import { smallFaultCatalog } from './fault-catalog.ts';
import { makePdf, resources } from '../service/service-fixture.ts';

const UNIT = '甲单位';
const INDICATOR = '1';
/** Items that a unit's pack brings, and items that lie in the office's archive before. */
export const ITEMS = { pack: 4, office: 2 };

/** The service's calls in this process, for work above the archive: binding, packs, merges. */
export class FaultService {
  readonly session = new Session({ resources, today: '2024-04-12' });
  readonly #dispatcher = new Dispatcher(handlers, this.session);

  async ask<N extends ServiceCallName>(name: N, input: unknown): Promise<CallOutput<N>> {
    const reply = await this.#dispatcher.callUntrusted(name, input);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return calls[name].output.parse(reply.value) as CallOutput<N>;
  }
}

const importFiles = async (service: FaultService, folder: string, name: string, count: number): Promise<void> => {
  const files: string[] = [];
  for (let no = 0; no < count; no += 1) files.push(await makePdf(join(folder, name, `${name}${no}.pdf`), [[`${name}第${no}件`]]));
  await service.ask('evidence.import', { jobId: name, paths: files, indicator: INDICATOR, year: 2023 });
};

let made: Promise<string> | null = null;

/** An archive to bind from, and a pack that a unit sent back to it; made once for this process and only copied from. */
const pristine = (): Promise<string> => {
  made ??= makeSource();
  return made;
};

const makeSource = async (): Promise<string> => {
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-fault-source-'));
  process.once('exit', () => rmSync(place, { recursive: true, force: true }));
  const service = new FaultService();
  const office = join(place, '试验.cdarchive');
  writeFileSync(join(place, 'catalog.json'), JSON.stringify(smallFaultCatalog));
  await service.ask('archive.create', { folder: office, from: { kind: 'catalog-file', path: join(place, 'catalog.json') } });
  await importFiles(service, place, '办公室', ITEMS.office);
  await service.ask('exchange.pack', { jobId: 'out', unit: UNIT, out: join(place, 'out.cdpack') });
  await service.ask('exchange.open', { jobId: 'open', file: join(place, 'out.cdpack'), folder: join(place, '单位.cdarchive') });
  await importFiles(service, place, '单位', ITEMS.pack);
  await service.ask('exchange.pack', { jobId: 'back', out: join(place, 'back.cdpack') });
  await service.session.close();
  return place;
};

/** Milliseconds that one export or merge takes here and now: machines and their load differ by a factor of twenty. */
export const measureWork = async (work: 'export' | 'merge'): Promise<number> => {
  const place = mkdtempSync(join(tmpdir(), 'chuangdang-fault-measure-'));
  const service = new FaultService();
  try {
    await layOutArchive(join(place, '试验.cdarchive'), place);
    await service.ask('archive.open', { folder: join(place, '试验.cdarchive') });
    const began = performance.now();
    if (work === 'export') await service.ask('binding.export', { jobId: 'measure', draft: true, out: null });
    else await service.ask('exchange.merge', { jobId: 'measure', path: join(place, 'back.cdpack') });
    return performance.now() - began;
  } finally {
    await service.session.close();
    rmSync(place, { recursive: true, force: true });
  }
};

/** Lays a fresh copy of the office's archive at `folder`, and the pack at `scratch/back.cdpack`. */
export const layOutArchive = async (folder: string, scratch: string): Promise<void> => {
  const source = await pristine();
  mkdirSync(scratch, { recursive: true });
  cpSync(join(source, '试验.cdarchive'), folder, { recursive: true });
  cpSync(join(source, 'back.cdpack'), join(scratch, 'back.cdpack'));
};

/** What is wrong after a kill during an export: an acknowledged version that is not whole, or a next one that cannot be made. */
export const checkExports = async (folder: string, lines: readonly string[]): Promise<string[]> => {
  const service = new FaultService();
  try {
    await service.ask('archive.open', { folder });
    const versions = new Set((await service.ask('binding.plan', {})).versions.map((one) => one.version));
    const lost = lines.filter((line) => line.startsWith('export ')).map((line) => line.slice('export '.length)).filter((version) => !versions.has(version));
    const next = await service.ask('binding.export', { jobId: 'next', draft: true, out: null });
    const { ok, problems } = await service.ask('archive.verify', { jobId: 'verify' });
    return [
      ...lost.map((version) => `acknowledged export is missing: ${version}`),
      ...(versions.has(next.version) ? [`${next.version} was exported twice`] : []),
      // An export that was finished and not yet acknowledged lies there whole; it is named, and harmless.
      ...(ok ? [] : problems.filter((problem) => problem.kind !== 'export-unknown').map((problem) => `verify: ${problem.kind} ${problem.path}`)),
    ];
  } finally {
    await service.session.close();
  }
};

/** What is wrong after a kill during a merge: it must be there whole, or be made whole by merging again. */
export const checkMerge = async (folder: string, scratch: string, lines: readonly string[]): Promise<string[]> => {
  const service = new FaultService();
  try {
    await service.ask('archive.open', { folder });
    const before = (await service.ask('evidence.list', {})).length;
    const faults: string[] = [];
    if (before !== ITEMS.office && before !== ITEMS.office + ITEMS.pack) faults.push(`${before} items after a merge that was cut off`);
    if (lines.includes('merged') && before !== ITEMS.office + ITEMS.pack) faults.push('an acknowledged merge is gone');
    await service.ask('exchange.merge', { jobId: 'again', path: join(scratch, 'back.cdpack') });
    const items = await service.ask('evidence.list', {});
    if (items.length !== ITEMS.office + ITEMS.pack) faults.push(`${items.length} items after merging again`);
    if (items.some((item) => item.links.length !== 1)) faults.push('a merged item lost its link');
    const { ok, problems } = await service.ask('archive.verify', { jobId: 'verify' });
    if (!ok || problems.length > 0) faults.push(...problems.map((problem) => `verify: ${problem.kind} ${problem.path}`));
    return faults;
  } finally {
    await service.session.close();
  }
};
