import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { ArchiveInfo } from '../../src-main/contract/index.ts';

const ArchiveContext = createContext<ArchiveInfo | null>(null);

export function ArchiveProvider({ archive, children }: { readonly archive: ArchiveInfo; readonly children: ReactNode }) {
  return <ArchiveContext value={archive}>{children}</ArchiveContext>;
}

/** The archive that is open. */
export function useArchive(): ArchiveInfo {
  const archive = useContext(ArchiveContext);
  if (archive === null) throw new Error('useArchive outside ArchiveProvider');
  return archive;
}
