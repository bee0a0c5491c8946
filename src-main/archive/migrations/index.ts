import { foundation } from './0010-foundation.ts';
import { rulings } from './0020-rulings.ts';
import { paperFiles } from './0030-paper-files.ts';
import { exchange } from './0060-exchange.ts';
import { fieldHistories } from './0070-field-histories.ts';

/** One step from the version before. Versions rise by ten; a published step is never edited. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [foundation, rulings, paperFiles, exchange, fieldHistories];
