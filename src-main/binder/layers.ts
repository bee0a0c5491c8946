import type { ObjectCopier } from './object-copier.ts';
import { isArray, nameOf, PdfRef, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';

/** Notes which of a source's layers (optional content groups) came along and which of them are switched off. */
export function collectLayers(source: PdfSource, copier: ObjectCopier, layers: { readonly on: number[]; readonly off: number[] }): void {
  const properties = source.resolveDict(source.catalog.get('OCProperties'));
  if (properties === null) return;
  const settings = source.resolveDict(properties.get('D'));
  const listed = (value: PdfValue): ReadonlySet<number> => {
    const list = source.resolve(value);
    return new Set(isArray(list) ? list.flatMap((item) => (item instanceof PdfRef ? [item.num] : [])) : []);
  };
  const baseOff = nameOf(source.resolve(settings?.get('BaseState') ?? null)) === 'OFF';
  const on = listed(settings?.get('ON') ?? null);
  const off = listed(settings?.get('OFF') ?? null);
  for (const num of listed(properties.get('OCGs'))) {
    const number = copier.numberOf(num);
    if (number === null) continue;
    const hidden = off.has(num) || (baseOff && !on.has(num));
    (hidden ? layers.off : layers.on).push(number);
  }
}
