const SLOTS_AT_START = 4096;
/** 24 bytes a slot: at most 24 MB. When it is full, later objects are simply not compared. */
const MAX_SLOTS = 1 << 20;

/** From the first 128 bits of a hexadecimal digest to an object number, in flat arrays. */
export class DuplicateTable {
  private slots = SLOTS_AT_START;
  private keys = new Uint32Array(SLOTS_AT_START * 4);
  private values = new Uint32Array(SLOTS_AT_START);
  private used = 0;

  /** The object number entered for the digest, 0 if none. */
  find(digest: string): number {
    return this.values[this.slotOf(this.keys, this.values, this.slots, words(digest))] ?? 0;
  }

  enter(digest: string, num: number): void {
    if (this.used * 2 >= this.slots) {
      if (this.slots >= MAX_SLOTS) return;
      this.grow();
    }
    this.put(this.keys, this.values, this.slots, words(digest), num);
    this.used++;
  }

  private put(keys: Uint32Array, values: Uint32Array, slots: number, key: Uint32Array, num: number): void {
    const slot = this.slotOf(keys, values, slots, key);
    keys.set(key, slot * 4);
    values[slot] = num;
  }

  private slotOf(keys: Uint32Array, values: Uint32Array, slots: number, key: Uint32Array): number {
    let slot = (key[0] ?? 0) & (slots - 1);
    while ((values[slot] ?? 0) !== 0) {
      const at = slot * 4;
      if (keys[at] === key[0] && keys[at + 1] === key[1] && keys[at + 2] === key[2] && keys[at + 3] === key[3]) return slot;
      slot = (slot + 1) & (slots - 1);
    }
    return slot;
  }

  private grow(): void {
    const slots = this.slots * 2;
    const keys = new Uint32Array(slots * 4);
    const values = new Uint32Array(slots);
    for (let i = 0; i < this.slots; i++) {
      const value = this.values[i] ?? 0;
      if (value !== 0) this.put(keys, values, slots, this.keys.subarray(i * 4, i * 4 + 4), value);
    }
    this.slots = slots;
    this.keys = keys;
    this.values = values;
  }
}

const word = (digest: string, at: number): number => Number.parseInt(digest.slice(at, at + 8), 16);

const words = (digest: string): Uint32Array => Uint32Array.of(word(digest, 0), word(digest, 8), word(digest, 16), word(digest, 24));
