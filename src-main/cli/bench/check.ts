import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEvidence, createArchive, linkEvidence, putPageTexts, setReport, setSignOff, setValue, transact } from '../../archive/index.ts';
import type { WritableArchive } from '../../archive/index.ts';
import type { Catalog } from '../../domain/catalog.ts';
import { checkCompleteness } from '../../domain/completeness.ts';
import { indicatorCode, sha256 } from '../../domain/ids.ts';
import { checkNow } from '../../service/facts.ts';
import { OfficeText } from './office-text.ts';

export interface CheckBenchOptions {
  readonly catalog: Catalog;
  /** Default 10,000. */
  readonly items?: number;
  /** Default 9. */
  readonly rounds?: number;
  readonly directory?: string;
  readonly onRow?: (row: CheckBenchRow) => void;
  readonly say?: (line: string) => void;
}

export interface CheckBenchRow {
  readonly work: string;
  /** Median of the rounds, and the slowest. */
  readonly ms: number;
  readonly slowest: number;
  /** Median of the processor's time, user and system: what another program takes meanwhile is not in it. */
  readonly cpuMs: number;
  /** Against reading the same rows from the database and nothing else, in the same run. */
  readonly timesRead: number;
}

const DAY = '2024-04-12';

/**
 * Checks an archive of 10,000 items over all indicators of a catalog: the first check after opening, which searches every filed text for
 * figures, a check after a change, and the rules alone; beside it reading the rows that any checker would have to read.
 */
export async function runCheckBench({ catalog, items = 10_000, rounds = 9, directory: parent = tmpdir(), onRow = () => undefined, say = () => undefined }: CheckBenchOptions): Promise<readonly CheckBenchRow[]> {
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'chuangdang-check-'));
  try {
    const made = await createArchive(join(directory, '核查.cdarchive'), { title: '核查', catalog });
    if (!made.ok) throw new Error(`cannot make the archive: ${made.error.code}`);
    const archive = made.value;
    try {
      const started = performance.now();
      fill(archive, catalog, items);
      say(`${items} 件、${catalog.groups.flatMap((group) => group.indicators).length} 项指标已入库，${((performance.now() - started) / 1000).toFixed(1)} 秒`);
      return measureAll(archive, catalog, rounds, onRow);
    } finally {
      archive.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function measureAll(archive: WritableArchive, catalog: Catalog, rounds: number, onRow: (row: CheckBenchRow) => void): readonly CheckBenchRow[] {
  const { db } = archive;
  const read = times(rounds, () => ['evidence', 'links', 'indicator_values', 'reports', 'sign_offs', 'declarations'].map((table) => db.all(`SELECT * FROM ${table}`).length));
  const first = times(1, () => checkNow(db, DAY));
  let round = 0;
  const again = times(rounds, () => checkNow(db, DAY), () => transact(db, '', (tx) => setReport(tx, { indicator: catalog.groups[0]?.indicators[0]?.code ?? indicatorCode('1'), text: `第${(round += 1)}次改动，2023年为96.3%。`, citations: [] })));
  const { snapshot } = checkNow(db, DAY);
  const rules = times(rounds, () => checkCompleteness(catalog, snapshot));
  return ([['只读出各行', read], ['打开后第一次核查', first], ['改动后再核查', again], ['其中规则', rules]] as const).map(([work, measured]) => {
    const [ms, cpuMs] = [measured.map((time) => time.wall), measured.map((time) => time.cpu)];
    const row: CheckBenchRow = { work, ms: median(ms), slowest: Math.max(...ms), cpuMs: median(cpuMs), timesRead: median(cpuMs) / median(read.map((time) => time.cpu)) };
    onRow(row);
    return row;
  });
}

interface Time {
  readonly wall: number;
  readonly cpu: number;
}

function times(rounds: number, work: () => unknown, before: () => unknown = () => undefined): readonly Time[] {
  return Array.from({ length: rounds }, () => {
    before();
    const [started, used] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - started, cpu: (user + system) / 1000 };
  });
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Every indicator gets its papers and figures of every year over and over until all items are filed. */
function fill(archive: WritableArchive, catalog: Catalog, items: number): void {
  const office = new OfficeText(20240412);
  const places = catalog.groups.flatMap((group) => group.indicators).flatMap((indicator) => indicator.requirements.flatMap((requirement) => (requirement.per === 'year' ? catalog.years : [null]).map((year) => ({ indicator, requirement, year }))));
  for (let from = 0; from < items; from += 200) {
    const batch = Array.from({ length: Math.min(200, items - from) }, (_, at) => ({ number: from + at, sha: sha256(createHash('sha256').update(String(from + at)).digest('hex')) }));
    transact(archive.db, '', (tx) => {
      for (const { number, sha } of batch) {
        const place = places[number % places.length];
        if (place === undefined) continue;
        const title = `关于${office.word()}${office.word()}${office.word()}工作的通知`;
        const evidenceId = addEvidence(tx, {
          sha256: sha, fileName: `${title}.pdf`, fileKind: 'pdf', bytes: 1, pages: 4, title, kind: place.requirement.kind, documentNumber: office.documentNumber(), issuer: place.indicator.lead[0] ?? '',
          date: `${place.year ?? catalog.years[0] ?? 2021}-06-15`, retention: '30年', confirmed: true, sealed: true,
        });
        linkEvidence(tx, { evidenceId, indicator: place.indicator.code, year: place.year, requirement: place.requirement.id });
      }
    });
    archive.db.atomically(() => {
      for (const { sha } of batch) putPageTexts(archive.db, sha, [{ page: 1, text: office.page() }], { state: 'done', source: 'pdf', note: '' });
    });
  }
  transact(archive.db, '', (tx) => {
    for (const { code, lead, kind } of catalog.groups.flatMap((group) => group.indicators)) {
      for (const year of kind === 'assessed' ? catalog.years : []) setValue(tx, { indicator: code, year, value: 96.3, unit: '%', numerator: 963, denominator: 1000, sourceEvidence: null, sourcePage: null });
      for (const unit of lead) setSignOff(tx, { indicator: code, unit, kind: 'signed', by: '王敏' });
      setReport(tx, { indicator: code, text: '三年均已完成，2023年为96.3%。', citations: [] });
    }
  });
}
