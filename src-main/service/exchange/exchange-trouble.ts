import { basename } from 'node:path';
import { callError } from '../../contract/index.ts';
import type { CallError } from '../../contract/index.ts';
import type { ExchangeTrouble } from '../../exchange/index.ts';
import { explainArchiveTrouble } from '../archive-trouble.ts';

/** A pack's or an archive's trouble as a call's error. */
export function explainExchangeTrouble(trouble: ExchangeTrouble): CallError {
  switch (trouble.code) {
    case 'pack-not-a-pack':
    case 'pack-changed':
    case 'pack-truncated':
    case 'pack-newer':
    case 'pack-other-archive':
    case 'pack-encrypted':
    case 'pack-unsafe':
    case 'pack-too-large':
    case 'pack-unit-unknown':
      return callError(trouble.code, basename(trouble.path), trouble.detail);
    default:
      return explainArchiveTrouble(trouble);
  }
}

export const refusedBy = (trouble: ExchangeTrouble): { readonly ok: false; readonly error: CallError } => ({ ok: false, error: explainExchangeTrouble(trouble) });
