/** Four 32-bit words an entry: two of the key's hash and two of what is kept for it. */
const WORDS = 4;
const FULL = 0.6;

/**
 * What a file remembers of each of its rows, in 16 bytes an entry whatever the rows look like. Open addressing over
 * plain 32-bit words: about 32 bytes an entry at most, 32 MB for a million. Keys are 64 bits of a hash, so that among a
 * million two different ones are taken for one with a chance of about 1 in 40 million.
 */
export class CompactTable {
  private size = 0;
  private slots: number;
  private words: Uint32Array;

  constructor(slots = 1 << 12) {
    this.slots = slots;
    this.words = new Uint32Array(slots * WORDS);
  }

  /**
   * What is kept for the key, before `next` took its place. Null: nothing was, and `next` is kept now. Neither may keep
   * a 0 in the second place, which marks an entry that is free.
   */
  swap(
    key: string,
    next: (before: readonly [number, number] | null) => readonly [number, number],
  ): readonly [number, number] | null {
    const [high, low] = hashOf(key);
    const at = this.find(high, low);
    const kept = this.words[at + 3] ?? 0;
    const before = kept === 0 ? null : ([this.words[at + 2] ?? 0, kept] as const);
    const [first, second] = next(before);
    this.words[at] = high;
    this.words[at + 1] = low;
    this.words[at + 2] = first;
    this.words[at + 3] = second;
    if (before === null) {
      this.size += 1;
      if (this.size > this.slots * FULL) this.grow();
    }
    return before;
  }

  /** Where the key stands, or the free place for it. */
  private find(high: number, low: number): number {
    let slot = low % this.slots;
    for (;;) {
      const at = slot * WORDS;
      if (this.words[at + 3] === 0) return at;
      if (this.words[at] === high && this.words[at + 1] === low) return at;
      slot = (slot + 1) % this.slots;
    }
  }

  private grow(): void {
    const old = this.words;
    this.slots *= 2;
    this.words = new Uint32Array(this.slots * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 3] === 0) continue;
      this.words.set(old.subarray(at, at + WORDS), this.find(old[at] ?? 0, old[at + 1] ?? 0));
    }
  }
}

/**
 * 64 bits of a text in two lanes (the mixing of cyrb53, public domain). Not a hash against forgers, but it needs no
 * native object for each row, which a million rows pay for in memory and time.
 */
export function hashOf(text: string): readonly [number, number] {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return [two >>> 0, one >>> 0];
}
