/** What is remembered of an account that a row has named: 16 bytes, whatever the account looks like. */
const WORDS = 4;
const FULL = 0.6;

/**
 * Which accounts the rows so far have named, and whether a second row says the same. Open addressing over plain
 * 32-bit words: about 32 bytes an account at most, 32 MB for a million. Keys are 64 bits of a hash, so that in a
 * million accounts two different ones are taken for one with a chance of about 1 in 40 million.
 */
export class SeenRows {
  private size = 0;
  private slots: number;
  private words: Uint32Array;

  constructor(slots = 1 << 12) {
    this.slots = slots;
    this.words = new Uint32Array(slots * WORDS);
  }

  /** Notes the row, or says which line named the account before and whether it said the same. */
  note(key: string, content: string, line: number): { readonly line: number; readonly same: boolean } | null {
    const [high, low] = hash(key);
    const [body] = hash(content);
    const at = this.find(high, low);
    const before = this.words[at + 3] ?? 0;
    if (before !== 0) return { line: before, same: this.words[at + 2] === body };
    this.words.set([high, low, body, line], at);
    this.size += 1;
    if (this.size > this.slots * FULL) this.grow();
    return null;
  }

  /** Where the key stands, or the free place for it. A line number of 0 marks a free place. */
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
function hash(text: string): readonly [number, number] {
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
