/**
 * A source of numbers that is the same for the same seed and key, on every machine and in every order of asking:
 * what happens to one account never depends on the others, nor on when it is asked. (sfc32, seeded by FNV-1a.)
 */
export class Random {
  private readonly state: Uint32Array;

  constructor(seed: number, ...key: readonly (string | number)[]) {
    this.state = Uint32Array.of(hash([seed, ...key].join(' ')), seed, 0x9e3779b9, 1);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** From 0 up to but without 1. */
  next(): number {
    const s = this.state;
    const [a, b, c, d] = [s[0] ?? 0, s[1] ?? 0, s[2] ?? 0, s[3] ?? 0];
    const sum = (a + b + d) >>> 0;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + sum;
    s[3] = d + 1;
    return sum / 4_294_967_296;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** A whole number, both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0];
  }

  /** One of the values, each as often as its weight says. */
  weighted<T>(list: readonly [readonly [T, number], ...(readonly (readonly [T, number])[])]): T {
    let left = this.next() * list.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    return list[0][0];
  }

  /** Around 0 with deviation 1 (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
