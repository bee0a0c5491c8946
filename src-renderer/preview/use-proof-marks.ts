import { useCallback } from 'react';
import type { ProofMarkView } from '../../src-main/contract/index.ts';
import { useArchive } from '../app/archive-context.tsx';
import { useChange, useRead } from '../api/queries.ts';
import type { Stroke } from './mark-geometry.ts';

export interface ProofMarks {
  readonly marks: readonly ProofMarkView[];
  readonly mayChange: boolean;
  /** Lines in the archive's own space of that page. */
  add(page: number, lines: readonly Stroke[]): void;
  remove(mark: string): void;
}

const none: readonly ProofMarkView[] = [];

/** The red lines of an item; each change is a step that undo takes back. */
export function useProofMarks(id: string): ProofMarks {
  const { readOnly } = useArchive();
  const change = useChange();
  const read = useRead('mark.list', { id });
  const add = useCallback((page: number, lines: readonly Stroke[]) => void change('mark.add', { id, page, lines: [...lines] }), [change, id]);
  const remove = useCallback((mark: string) => void change('mark.remove', { id, mark }), [change, id]);
  return { marks: read.data ?? none, mayChange: !readOnly, add, remove };
}
