/** Why a source cannot be bound or a volume not written. The sentence a clerk reads for each code belongs to the caller. */
export type BindErrorCode =
  | 'not-found'
  | 'unreadable'
  | 'empty-file'
  | 'not-recognised'
  | 'password-needed'
  | 'password-wrong'
  | 'encryption-unsupported'
  | 'damaged'
  | 'no-pages'
  | 'page-range'
  | 'image-unsupported'
  | 'too-large'
  | 'source-changed'
  | 'page-count-changed'
  | 'duplicate-key'
  | 'link-target-missing'
  | 'font-unusable'
  | 'aborted'
  | 'disk-full'
  | 'write-failed'
  | 'check-failed';

/** Expected trouble as a value. `file` is the path as the caller gave it; `detail` is English, for logs and support. */
export interface BindError {
  readonly code: BindErrorCode;
  readonly file: string;
  /** Key of the item in the plan, where the trouble belongs to one. */
  readonly key?: string;
  readonly detail: string;
}

export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const succeed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/**
 * Carries an expected error up from deep inside a reader. Never leaves the binder: public functions turn it into a value.
 */
export class BindFailure extends Error {
  override readonly name = 'BindFailure';
  readonly code: BindErrorCode;
  /** The file that failed, where it may be another one than the one at work. */
  readonly file: string | null;
  constructor(code: BindErrorCode, detail: string, options: ErrorOptions & { readonly file?: string } = {}) {
    super(detail, options);
    this.code = code;
    this.file = options.file ?? null;
  }
}

/** The error value for whatever was thrown while a file was handled; rethrows what was not expected. */
export function describeFailure(thrown: unknown, file: string, key?: string): BindError {
  if (thrown instanceof BindFailure && thrown.file !== null && thrown.file !== file) return { code: thrown.code, file: thrown.file, detail: thrown.message };
  const keyed = key === undefined ? {} : { key };
  if (thrown instanceof BindFailure) return { code: thrown.code, file, ...keyed, detail: thrown.message };
  const systemCode = systemErrorCode(thrown);
  if (systemCode !== null) {
    const detail = thrown instanceof Error ? thrown.message : systemCode;
    if (systemCode === 'ENOENT' || systemCode === 'ENOTDIR') return { code: 'not-found', file, ...keyed, detail };
    if (systemCode === 'ENOSPC' || systemCode === 'EDQUOT' || systemCode === 'EFBIG') return { code: 'disk-full', file, ...keyed, detail };
    return { code: 'unreadable', file, ...keyed, detail };
  }
  throw thrown;
}

function systemErrorCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return null;
  return /^E[A-Z0-9]+$/.test(thrown.code) ? thrown.code : null;
}
