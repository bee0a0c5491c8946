import { readFile } from 'node:fs/promises';
import { GlobalFonts } from '@napi-rs/canvas';
import type { Package } from '../package-reader.ts';
import { addGlyphCharacters } from './glyph-font.ts';
import type { OfdFont } from './ofd-document.ts';

/** TrueType files that serve where a document brings no font of its own. */
export interface ConversionFonts {
  readonly song: string;
  readonly hei?: string | undefined;
  readonly kai?: string | undefined;
  readonly xiaobiaosong?: string | undefined;
}

/** A font family known to the canvas. */
export interface ReadyFont {
  readonly family: string;
  /** Its glyphs can be drawn by number, see `glyphBase`. */
  readonly byGlyph: boolean;
  readonly embedded: boolean;
}

let registered = 0;

/** Fonts of one conversion: the document's own, registered on first use under names of ours, and the stand-ins. */
export class FontShelf {
  readonly #standIns: ConversionFonts;
  readonly #ready = new Map<string, ReadyFont>();

  constructor(standIns: ConversionFonts) {
    this.#standIns = standIns;
  }

  /** The document's embedded font, or the stand-in whose style is nearest to its name. */
  async find(parts: Package, font: OfdFont | undefined): Promise<ReadyFont> {
    const key = font === undefined ? '' : `${font.part}|${font.name}`;
    const known = this.#ready.get(key);
    if (known !== undefined) return known;
    const ready = (font === undefined || font.part === '' ? undefined : await this.#embedded(parts, font.part)) ?? (await this.standIn(font?.name ?? ''));
    this.#ready.set(key, ready);
    return ready;
  }

  async standIn(name: string): Promise<ReadyFont> {
    const path = this.#choose(name);
    const known = this.#ready.get(path);
    if (known !== undefined) return known;
    const family = this.#register(await readFile(path)) ?? 'sans-serif';
    const ready = { family, byGlyph: false, embedded: false };
    this.#ready.set(path, ready);
    return ready;
  }

  async #embedded(parts: Package, part: string): Promise<ReadyFont | undefined> {
    const bytes = await parts.bytes(part);
    if (bytes === undefined) return undefined;
    const numbered = addGlyphCharacters(bytes);
    const family = this.#register(Buffer.from(numbered ?? bytes));
    return family === undefined ? undefined : { family, byGlyph: numbered !== undefined, embedded: true };
  }

  #choose(name: string): string {
    const { song, hei = song, kai = song, xiaobiaosong = song } = this.#standIns;
    if (/小标宋|XiaoBiaoSong|XBS/iu.test(name)) return xiaobiaosong;
    if (/黑|hei|gothic|arial|helvetica|sans|雅/iu.test(name)) return hei;
    return /楷|kai/iu.test(name) ? kai : song;
  }

  #register(bytes: Buffer): string | undefined {
    registered += 1;
    const family = `Chuangdang${registered}`;
    return GlobalFonts.register(bytes, family) === null ? undefined : family;
  }
}
