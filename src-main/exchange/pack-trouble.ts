import type { ArchiveTrouble } from '../archive/index.ts';

/** Why a pack was refused. Nothing of it was merged. `detail` completes the sentence, in Chinese where it is shown. */
export type PackTrouble =
  /** Neither a pack nor a folder of forms. */
  | { readonly code: 'pack-not-a-pack'; readonly path: string; readonly detail: string }
  /** Not as it was written: a hash differs, an entry is missing or too many. */
  | { readonly code: 'pack-changed'; readonly path: string; readonly detail: string }
  /** Its end is missing: a stick pulled out, a copy that was cut off. */
  | { readonly code: 'pack-truncated'; readonly path: string; readonly detail: string }
  | { readonly code: 'pack-newer'; readonly path: string; readonly detail: string }
  | { readonly code: 'pack-other-archive'; readonly path: string; readonly detail: string }
  | { readonly code: 'pack-encrypted'; readonly path: string; readonly detail: string }
  /** Names that lead out of the pack, links, bombs. */
  | { readonly code: 'pack-unsafe'; readonly path: string; readonly detail: string }
  | { readonly code: 'pack-too-large'; readonly path: string; readonly detail: string }
  | { readonly code: 'pack-unit-unknown'; readonly path: string; readonly detail: string };

export type ExchangeTrouble = PackTrouble | ArchiveTrouble;

/** Thrown where a value cannot travel (streams, transactions); turned into the trouble it carries at this room's border. */
export class PackFault extends Error {
  readonly trouble: PackTrouble;

  constructor(trouble: PackTrouble, options?: ErrorOptions) {
    super(`${trouble.code}: ${trouble.detail}`, options);
    this.name = 'PackFault';
    this.trouble = trouble;
  }
}
