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
  /** By what was added, then by the source's object. */
  private readonly merged = new Map<AddedResources, Map<number, string>>();
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
    let prefix = 'Cd';
    while (this.usesPrefix(resources, prefix)) prefix += 'x';
    if (key >= 0) this.prefixes.set(key, prefix);
    return prefix;
  }

  /** Text of the page's /Resources entry. */
  async merge(resources: PdfValue, added: AddedResources): Promise<string> {
    if (added.size === 0) return this.copier.copyValue(resources);
    const num = resources instanceof PdfRef ? resources.num : -1;
    const known = num < 0 ? undefined : this.merged.get(added)?.get(num);
    if (known !== undefined) return known;
    const dict = this.source.resolveDict(resources) ?? NO_RESOURCES;
    for (const [key, value] of dict.entries) {
      const pause = isAddedTo(key, added) ? null : this.copier.copyTargets(value);
      if (pause !== null) await pause;
    }
    // A category that is added to is written anew: only what it lists is copied.
    for (const category of added.keys()) {
      const pause = this.copier.copyTargets(this.source.resolveDict(dict.get(category)));
      if (pause !== null) await pause;
    }
    const text = this.mergedText(dict, added);
    if (num < 0) return text;
    const number = this.volume.reserve();
    this.volume.writeObject(number, text);
    const reference = `${number} 0 R`;
    const sharing = this.merged.get(added) ?? new Map<number, string>();
    this.merged.set(added, sharing.set(num, reference));
    return reference;
  }

  private usesPrefix(resources: PdfValue, prefix: string): boolean {
    const dict = this.source.resolveDict(resources);
    for (const category of CATEGORIES) {
      for (const name of this.source.resolveDict(dict?.get(category) ?? null)?.entries.keys() ?? []) if (name.startsWith(prefix)) return true;
    }
    return false;
  }

  private mergedText(dict: PdfDict, added: AddedResources): string {
    let text = '<<';
    for (const [key, value] of dict.entries) if (!isAddedTo(key, added)) text += `${formatName(key)} ${this.copier.textOf(value)}`;
    for (const [category, names] of added) {
      text += `/${category}<<`;
      for (const [name, value] of this.source.resolveDict(dict.get(category))?.entries ?? []) text += `${formatName(name)} ${this.copier.textOf(value)}`;
      for (const [name, value] of names) text += `/${name} ${value}`;
      text += '>>';
    }
    return `${text}>>`;
  }
}

/** Those that stamps add to. */
const CATEGORIES = ['Font', 'ExtGState', 'XObject'] as const;
const NO_RESOURCES = new PdfDict(new Map());

const isAddedTo = (key: string, added: AddedResources): boolean => (key === 'Font' || key === 'ExtGState' || key === 'XObject') && added.has(key);
