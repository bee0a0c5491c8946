const SLOTS_AT_START = 4096;
/** 24 bytes a slot: at most 24 MB. When it is full, later objects are simply not compared. */
const MAX_SLOTS = 1 << 20;

/** From the first 128 bits of a digest (a text of one byte a character) to an object number, in flat arrays. */
export class DuplicateTable {
  private slots = SLOTS_AT_START;
  private keys = new Uint32Array(SLOTS_AT_START * 4);
  private values = new Uint32Array(SLOTS_AT_START);
  private used = 0;

  /** The object number entered for the digest, 0 if none. */
  find(digest: string): number {
    readWords(digest);
    return this.values[slotOf(this.keys, this.values, this.slots)] ?? 0;
  }

  enter(digest: string, num: number): void {
    if (this.used * 2 >= this.slots) {
      if (this.slots >= MAX_SLOTS) return;
      this.grow();
    }
    readWords(digest);
    put(this.keys, this.values, this.slots, num);
    this.used++;
  }

  private grow(): void {
    const slots = this.slots * 2;
    const keys = new Uint32Array(slots * 4);
    const values = new Uint32Array(slots);
    for (let i = 0; i < this.slots; i++) {
      const value = this.values[i] ?? 0;
      if (value === 0) continue;
      for (let word = 0; word < 4; word++) wanted[word] = this.keys[i * 4 + word] ?? 0;
      put(keys, values, slots, value);
    }
    this.slots = slots;
    this.keys = keys;
    this.values = values;
  }
}

/** The key at work, in one place: an array for each of a hundred thousand objects would be garbage. */
const wanted = new Uint32Array(4);

function readWords(digest: string): void {
  for (let i = 0; i < 4; i++) wanted[i] = (digest.charCodeAt(i * 4) << 24) | (digest.charCodeAt(i * 4 + 1) << 16) | (digest.charCodeAt(i * 4 + 2) << 8) | digest.charCodeAt(i * 4 + 3);
}

function put(keys: Uint32Array, values: Uint32Array, slots: number, num: number): void {
  const slot = slotOf(keys, values, slots);
  keys.set(wanted, slot * 4);
  values[slot] = num;
}

/** Slot of the wanted key, or the free one where it belongs. */
function slotOf(keys: Uint32Array, values: Uint32Array, slots: number): number {
  let slot = (wanted[0] ?? 0) & (slots - 1);
  while ((values[slot] ?? 0) !== 0) {
    const at = slot * 4;
    if (keys[at] === wanted[0] && keys[at + 1] === wanted[1] && keys[at + 2] === wanted[2] && keys[at + 3] === wanted[3]) return slot;
    slot = (slot + 1) & (slots - 1);
  }
  return slot;
}
