import { basename, resolve } from 'node:path';
import { calls } from '../contract/index.ts';
import type { ArchiveInfo, CallName, Envelope } from '../contract/index.ts';

const opening = ['archive.open', 'archive.restore', 'archive.restoreDamaged', 'archive.create', 'archive.sample', 'archive.close', 'exchange.open'] as const satisfies readonly CallName[];

/** Whether the answer to that call may say that another archive is open, or none. */
export const changesOpenArchive = (name: CallName): name is (typeof opening)[number] => opening.some((known) => known === name);

/** `undefined`: the answer changes nothing about which archive is open. */
export function readOpenedArchive(name: CallName, envelope: Envelope<unknown>): ArchiveInfo | null | undefined {
  if (!envelope.ok || !changesOpenArchive(name)) return undefined;
  switch (name) {
    case 'archive.open':
    case 'archive.restore':
    case 'archive.restoreDamaged':
    case 'exchange.open': {
      const opened = calls[name].output.safeParse(envelope.value);
      return opened.success ? opened.data : undefined;
    }
    case 'archive.create':
    case 'archive.sample': {
      const made = calls[name].output.safeParse(envelope.value);
      return made.success ? made.data.archive : undefined;
    }
    case 'archive.close':
      return null;
    default:
      return name satisfies never;
  }
}

/** The archive that a command line names (double click on a folder, `npm start -- folder`), as an absolute path. */
export function findArchiveArgument(argv: readonly string[], workingFolder: string): string | null {
  const named = argv.find((argument) => !argument.startsWith('-') && basename(argument).endsWith('.cdarchive'));
  return named === undefined ? null : resolve(workingFolder, named);
}
