import type { ObjectCopier } from './object-copier.ts';
import { PdfDict, PdfRef, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';
import { formatName } from './serialize.ts';
import type { VolumeFile } from './volume-file.ts';

/** Resources that stamps add to a page: volume object numbers (or text) by category and name. */
export type AddedResources = ReadonlyMap<'Font' | 'ExtGState' | 'XObject', ReadonlyMap<string, string>>;

/**
 * Page resources with the stamps' additions. Pages of a source that share one resource dictionary share one merged dictionary too.
 */
export class ResourceMerger {
  private readonly source: PdfSource;
  private readonly volume: VolumeFile;
  private readonly copier: ObjectCopier;
  private readonly merged = new Map<string, string>();
  private readonly prefixes = new Map<number, string>();

  constructor(source: PdfSource, volume: VolumeFile, copier: ObjectCopier) {
    this.source = source;
    this.volume = volume;
    this.copier = copier;
  }

  /** Beginning of resource names that the page does not use yet: a volume may be bound into another volume. */
  prefixFor(resources: PdfValue): string {
    const key = resources instanceof PdfRef ? resources.num : -1;
    const known = this.prefixes.get(key);
    if (known !== undefined && key >= 0) return known;
    const names: string[] = [];
    const dict = this.source.resolveDict(resources);
    for (const category of ['Font', 'ExtGState', 'XObject']) {
      names.push(...(this.source.resolveDict(dict?.get(category) ?? null)?.entries.keys() ?? []));
    }
    let prefix = 'Cd';
    while (names.some((name) => name.startsWith(prefix))) prefix += 'x';
    if (key >= 0) this.prefixes.set(key, prefix);
    return prefix;
  }

  /** Text of the page's /Resources entry. */
  async merge(resources: PdfValue, added: AddedResources): Promise<string> {
    if (added.size === 0) return this.copier.copyValue(resources);
    const signature = resources instanceof PdfRef ? `${resources.num}|${[...added].map(([category, names]) => `${category}:${[...names].join(',')}`).join(';')}` : null;
    const known = signature === null ? undefined : this.merged.get(signature);
    if (known !== undefined) return known;
    const text = await this.mergeText(this.source.resolveDict(resources) ?? new PdfDict(new Map()), added);
    if (signature === null) return text;
    const number = this.volume.reserve();
    this.volume.writeObject(number, text);
    const reference = `${number} 0 R`;
    this.merged.set(signature, reference);
    return reference;
  }

  private async mergeText(dict: PdfDict, added: AddedResources): Promise<string> {
    let text = '<<';
    for (const [key, value] of dict.entries) {
      if (key === 'Font' || key === 'ExtGState' || key === 'XObject') {
        const extra = added.get(key);
        if (extra !== undefined) continue;
      }
      text += `${formatName(key)} ${await this.copier.copyValue(value)}`;
    }
    for (const [category, names] of added) {
      text += `/${category}<<`;
      for (const [name, value] of this.source.resolveDict(dict.get(category))?.entries ?? []) text += `${formatName(name)} ${await this.copier.copyValue(value)}`;
      for (const [name, value] of names) text += `/${name} ${value}`;
      text += '>>';
    }
    return `${text}>>`;
  }
}
