import { z } from 'zod';

/** Every expected trouble there is; the list is closed so that each has its sentence (`sentences.ts`). */
export const errorCodes = [
  'wrong-input',
  'no-archive-open',
  'archive-not-found',
  'archive-not-an-archive',
  'archive-newer',
  'archive-locked',
  'archive-read-only',
  'archive-damaged',
  'folder-not-empty',
  'disk-full',
  'no-permission',
  'drive-gone',
  'file-not-found',
  'file-vanished',
  'file-changed',
  'file-empty',
  'file-unsupported',
  'file-encrypted',
  'file-encryption-unknown',
  'file-damaged',
  'file-no-pages',
  'file-too-large',
  'file-link',
  'catalog-wrong',
  'plan-unreadable',
  'indicator-unknown',
  'unit-unknown',
  'evidence-unknown',
  'replacement-refused',
  'value-wrong',
  'review-unknown',
  'review-order',
  'export-blocked',
  'binding-failed',
  'paper-unknown',
  'paper-not-replaceable',
  'paper-no-pdf',
  'template-wrong',
  'profile-wrong',
  'print-no-printer',
  'print-failed',
  'pack-not-a-pack',
  'pack-changed',
  'pack-truncated',
  'pack-newer',
  'pack-other-archive',
  'pack-encrypted',
  'pack-unsafe',
  'pack-too-large',
  'pack-unit-unknown',
  'conflict-unknown',
  'nothing-to-undo',
  'undo-conflict',
  'busy',
  'cancelled',
  'service-died',
  'call-unknown',
  'sender-refused',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Expected trouble as a value. `about` names the thing (a file, an indicator); `detail` completes the sentence. */
export const callErrorSchema = z.object({
  code: z.enum(errorCodes),
  about: z.string(),
  detail: z.string(),
});
export type CallError = z.infer<typeof callErrorSchema>;

export const callError = (code: ErrorCode, about = '', detail = ''): CallError => ({ code, about, detail });

/** Reply to every call: a failed check is an error reply, never `undefined`. */
export type Envelope<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

export const succeed = <T>(value: T): Envelope<T> => ({ ok: true, value });
export const fail = (code: ErrorCode, about = '', detail = ''): { readonly ok: false; readonly error: CallError } => ({
  ok: false,
  error: callError(code, about, detail),
});
