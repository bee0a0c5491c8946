import { appendFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  addEvidence, createArchive, emptyTrash, linkEvidence, listBackups, listTrash, openArchive, putObject, putPageTexts, redo, restoreBackup, setValue, transact, trashEvidence, undoLast,
} from '../../src-main/archive/index.ts';
import type { WritableArchive } from '../../src-main/archive/index.ts';
import { indicatorCode } from '../../src-main/domain/ids.ts';
import type { EvidenceId } from '../../src-main/domain/ids.ts';
import { faultCatalog, heavyMigrations } from './fault-catalog.ts';
import { FaultService } from './service-work.ts';

/**
 * The process that is killed. It works on the archive without pause and writes down each thing only after the archive
 * acknowledged it: `import ID SHA`, `link ID YEAR`, `value YEAR`, `backup NAME`, `trash ID`, `export VERSION`, `merged`…
 */
const [work = 'mixed', folder = '', ledger = '', scratch = ''] = process.argv.slice(2);

const acknowledge = (line: string): void => appendFileSync(ledger, `${line}\n`);
const code = indicatorCode('1');

const open = async (): Promise<WritableArchive> => {
  const opened = await openArchive(folder, work === 'migrate' ? { migrations: heavyMigrations } : {});
  if (!opened.ok || opened.value.readOnly) throw new Error(JSON.stringify(opened));
  return opened.value;
};

const importOne = async (archive: WritableArchive, no: number): Promise<EvidenceId> => {
  const source = join(scratch, `${no}.bin`);
  // Sizes from some bytes to some megabytes, so that a kill falls into reading, writing, flushing and renaming.
  writeFileSync(source, randomBytes(no % 3 === 0 ? 3_000_000 : 500 + no));
  const stored = await putObject(archive, source);
  if (!stored.ok) throw new Error(JSON.stringify(stored.error));
  const { sha256, bytes } = stored.value;
  const id = transact(archive.db, 'worker', (tx) => addEvidence(tx, { sha256, bytes, fileName: `${no}.bin`, fileKind: 'unknown', pages: 1, title: `第${no}件` }));
  acknowledge(`import ${id} ${sha256}`);
  putPageTexts(archive.db, sha256, [{ page: 1, text: `第${no}件的文字`.repeat(50) }], { state: 'done', source: 'txt', note: '' });
  return id;
};

const linkOne = (archive: WritableArchive, id: EvidenceId, no: number): void => {
  transact(archive.db, 'worker', (tx) => {
    linkEvidence(tx, { evidenceId: id, indicator: code, year: 1000 + no, requirement: '' });
    setValue(tx, { indicator: code, year: 1000 + no, value: no / 7, unit: '%', numerator: null, denominator: null, sourceEvidence: id, sourcePage: 1 });
  });
  acknowledge(`link ${id} ${1000 + no}`);
};

const backUp = async (archive: WritableArchive): Promise<void> => {
  const made = await archive.backup('asked');
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  if (made.value !== null) acknowledge(`backup ${made.value.name}`);
};

const workOnAll = async (archive: WritableArchive): Promise<void> => {
  for (let no = 1; ; no += 1) {
    const id = await importOne(archive, no);
    linkOne(archive, id, no);
    if (no % 4 === 0) await backUp(archive);
    if (no % 5 === 0) {
      const spare = await importOne(archive, no + 100_000);
      transact(archive.db, 'worker', (tx) => trashEvidence(tx, spare));
      undoLast(archive.db, 'worker');
      redo(archive.db, 'worker');
      acknowledge(`trash ${spare}`);
      if (no % 10 === 0) {
        const doomed = listTrash(archive.db).map((item) => item.id);
        // Said before, because a kill may fall between the deed and its acknowledgement.
        for (const one of doomed) acknowledge(`emptying ${one}`);
        await emptyTrash(archive, 'worker');
        for (const one of doomed) acknowledge(`emptied ${one}`);
      }
    }
  }
};

const restoreAgainAndAgain = async (first: WritableArchive): Promise<void> => {
  let archive = first;
  for (;;) {
    const oldest = (await listBackups(archive)).filter((one) => one.reason === 'asked').at(-1);
    const next = await restoreBackup(archive, oldest?.name ?? '');
    if (!next.ok) throw new Error(JSON.stringify(next.error));
    archive = next.value;
    acknowledge('restored');
  }
};

const exportAgainAndAgain = async (service: FaultService): Promise<void> => {
  for (let no = 1; ; no += 1) {
    const { version } = await service.ask('binding.export', { jobId: `export-${no}`, draft: true, out: null });
    acknowledge(`export ${version}`);
  }
};

if (work === 'export' || work === 'merge') {
  const service = new FaultService();
  await service.ask('archive.open', { folder });
  acknowledge('ready');
  if (work === 'export') await exportAgainAndAgain(service);
  await service.ask('exchange.merge', { jobId: 'merge', path: join(scratch, 'back.cdpack') });
  acknowledge('merged');
  await service.session.close();
} else if (work === 'create') {
  acknowledge('ready');
  const made = await createArchive(folder, { title: '新', catalog: faultCatalog });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  acknowledge('created');
  made.value.close();
} else if (work === 'migrate') {
  acknowledge('ready');
  const archive = await open();
  acknowledge('migrated');
  archive.close();
} else {
  const archive = await open();
  acknowledge('ready');
  await (work === 'restore' ? restoreAgainAndAgain(archive) : workOnAll(archive));
}
