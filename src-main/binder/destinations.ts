import { isArray, nameOf, PdfDict, PdfString, type PdfValue } from './pdf-objects.ts';
import type { PdfSource } from './pdf-source.ts';

const MAX_NAMES = 200_000;

/** The named destinations of one source, read when the first is asked for. */
export class Destinations {
  private readonly source: PdfSource;
  private names: Map<string, PdfValue> | null = null;

  constructor(source: PdfSource) {
    this.source = source;
  }

  /** The explicit destination (an array beginning with a page) of a destination value; null where it leads nowhere. */
  explicit(value: PdfValue): readonly PdfValue[] | null {
    let current = this.source.resolve(value);
    for (let i = 0; i < 4; i++) {
      if (isArray(current)) return current;
      if (current instanceof PdfDict) current = this.source.resolve(current.get('D'));
      else if (current instanceof PdfString) current = this.named(current.bytes.toString('latin1'));
      else if (nameOf(current) !== null) current = this.named(nameOf(current) ?? '');
      else return null;
    }
    return null;
  }

  private named(name: string): PdfValue {
    this.names ??= this.readNames();
    return this.source.resolve(this.names.get(name) ?? null);
  }

  private readNames(): Map<string, PdfValue> {
    const { source } = this;
    const found = new Map<string, PdfValue>();
    const old = source.resolveDict(source.catalog.get('Dests'));
    for (const [name, value] of old?.entries ?? []) found.set(name, value);
    const tree = source.resolveDict(source.catalog.get('Names'));
    const waiting: PdfValue[] = [tree?.get('Dests') ?? null];
    const seen = new Set<PdfDict>();
    while (waiting.length > 0 && found.size < MAX_NAMES) {
      const node = source.resolve(waiting.pop() ?? null);
      if (!(node instanceof PdfDict) || seen.has(node)) continue;
      seen.add(node);
      const kids = source.resolve(node.get('Kids'));
      if (isArray(kids)) waiting.push(...kids);
      const names = source.resolve(node.get('Names'));
      if (!isArray(names)) continue;
      for (let i = 0; i + 1 < names.length; i += 2) {
        const key = source.resolve(names[i] ?? null);
        if (key instanceof PdfString) found.set(key.bytes.toString('latin1'), names[i + 1] ?? null);
      }
    }
    return found;
  }
}
