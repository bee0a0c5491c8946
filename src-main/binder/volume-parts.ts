import { deflateSync } from 'node:zlib';
import type { FontBook } from './font-book.ts';
import type { AddedResources } from './page-resources.ts';
import { formatNumber } from './serialize.ts';
import type { VolumeFile } from './volume-file.ts';

/** Small objects that the pages of a volume share. */
export class VolumeParts {
  readonly volume: VolumeFile;
  readonly fontBook: FontBook;
  private readonly saved = new Map<number, number>();
  private readonly opacities = new Map<number, number>();
  private readonly added = new Map<string, AddedResources>();

  constructor(volume: VolumeFile, fontBook: FontBook) {
    this.volume = volume;
    this.fontBook = fontBook;
  }

  /** Number of the content stream that saves the graphics state `times` times. */
  saveState(times: number): number {
    const wanted = Math.min(times, 1024);
    let number = this.saved.get(wanted);
    if (number === undefined) {
      number = this.volume.reserve();
      this.volume.writeShortStream(number, 'q '.repeat(wanted));
      this.saved.set(wanted, number);
    }
    return number;
  }

  /** Writes a content stream, packed where that saves something. */
  writeContent(content: string | Buffer): number {
    const number = this.volume.reserve();
    if (content.length < 400) this.volume.writeShortStream(number, typeof content === 'string' ? content : content.toString('latin1'));
    else this.volume.writeStream(number, '/Filter/FlateDecode', deflateSync(typeof content === 'string' ? Buffer.from(content, 'latin1') : content));
    return number;
  }

  /** Number of the graphics state with that opacity. */
  opacityState(opacity: number): number {
    let number = this.opacities.get(opacity);
    if (number === undefined) {
      number = this.volume.reserve();
      this.volume.writeObject(number, `<</Type/ExtGState/ca ${formatNumber(opacity)}/CA ${formatNumber(opacity)}>>`);
      this.opacities.set(opacity, number);
    }
    return number;
  }

  /** Fonts and graphics states that stamps need: the same object for the same stamps, as nearly all pages have them. */
  stampResources(fonts: ReadonlySet<number>, opacity: number | null, prefix: string): AddedResources {
    const key = `${prefix} ${opacity ?? ''} ${[...fonts].join(' ')}`;
    const known = this.added.get(key);
    if (known !== undefined) return known;
    const added = new Map<'Font' | 'ExtGState' | 'XObject', ReadonlyMap<string, string>>();
    if (fonts.size > 0) added.set('Font', new Map([...fonts].map((font) => [`${prefix}${font}`, `${this.fontBook.objectNumber(font)} 0 R`])));
    if (opacity !== null) added.set('ExtGState', new Map([[`${prefix}G`, `${this.opacityState(opacity)} 0 R`]]));
    this.added.set(key, added);
    return added;
  }
}
