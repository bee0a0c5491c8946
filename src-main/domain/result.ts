/** Expected trouble is a value: either what was asked for, or why not. */
export type Result<Value, Trouble> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Trouble };

export const ok = <Value>(value: Value): { readonly ok: true; readonly value: Value } => ({ ok: true, value });
export const fail = <Trouble>(error: Trouble): { readonly ok: false; readonly error: Trouble } => ({ ok: false, error });
