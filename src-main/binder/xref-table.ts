/** Where each object lies: 0 free or unknown, 1 at a file offset, 2 within an object stream. */
export type EntryKind = 0 | 1 | 2;

const MAX_OBJECT_NUMBER = 8_388_607;
const NO_PLACES = new Float64Array(0);
const NO_DETAILS = new Uint32Array(0);

/** Cross-reference entries in flat arrays: a source of a million objects costs 12 MB, a usual one a few kilobytes. */
export class XrefTable {
  /** Place × 4 + kind: one array less to allocate for each of a thousand small files. */
  private places = NO_PLACES;
  private details = NO_DETAILS;
  private readonly limit: number;
  /** Highest object number that was entered. */
  highest = 0;

  constructor(fileSize: number) {
    this.limit = Math.min(MAX_OBJECT_NUMBER, 1_000_000 + fileSize);
  }

  /** Memory that the entries take. */
  get bytes(): number {
    return this.places.byteLength + this.details.byteLength;
  }

  /** 3 means: said to be free. */
  kindOf(num: number): EntryKind {
    const kind = (this.places[num] ?? 0) % 4;
    return kind === 1 || kind === 2 ? kind : 0;
  }

  isKnown(num: number): boolean {
    return num < this.places.length && this.places[num] !== 0;
  }

  /** File offset (kind 1) or number of the object stream (kind 2). */
  placeOf(num: number): number {
    return Math.floor((this.places[num] ?? 0) / 4);
  }

  /** Generation (kind 1) or index within the object stream (kind 2). */
  detailOf(num: number): number {
    return this.details[num] ?? 0;
  }

  set(num: number, kind: 1 | 2 | 3, place: number, detail: number): void {
    if (!Number.isInteger(num) || num < 0 || num > this.limit) return;
    if (num >= this.places.length) this.grow(num + 1);
    this.places[num] = place * 4 + kind;
    this.details[num] = detail;
    if (num > this.highest) this.highest = num;
  }

  /** Sections are read from the newest to the oldest: what is known stays. */
  setIfNew(num: number, kind: 1 | 2 | 3, place: number, detail: number): void {
    if (!this.isKnown(num)) this.set(num, kind, place, detail);
  }

  private grow(length: number): void {
    const size = Math.max(length, this.places.length * 2, 64);
    const places = new Float64Array(size);
    places.set(this.places);
    this.places = places;
    const details = new Uint32Array(size);
    details.set(this.details);
    this.details = details;
  }
}
