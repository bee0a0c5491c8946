import type { Catalog } from '../../domain/catalog.ts';
import type { Result } from '../../domain/result.ts';
export const readPlan = async (_bytes: Uint8Array, _name: string): Promise<Result<{ readonly catalog: Catalog; readonly questions: readonly { readonly where: string; readonly sentence: string; readonly asks: string }[] }, { readonly message: string }>> => ({ ok: false, error: { message: '尚未就绪' } });
