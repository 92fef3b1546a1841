import { createHash } from 'node:crypto';

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

function hash(text: string): readonly [number, number] {
  const digest = createHash('sha256').update(text).digest();
  return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
}
