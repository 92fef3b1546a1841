/** A piece of work as it waits for a share of what can be done on a day. */
export interface Place<T> {
  readonly gain: number;
  readonly units: number;
  readonly age: number;
  /** Settles what is equal in everything else: the plan does not depend on who came first. */
  readonly name: string;
  readonly work: T;
}

/** Whether `a` goes before `b`: more gain a minute, then the older debt, then by name. */
export function isBefore<T>(a: Omit<Place<T>, 'work'>, b: Omit<Place<T>, 'work'>): boolean {
  if (a.gain !== b.gain) return a.gain > b.gain;
  if (a.age !== b.age) return a.age > b.age;
  return a.name < b.name;
}

/**
 * Work that shares what people (or a machine) can do on one day. Keeps the best that fits, whatever the order in which
 * it is offered: a heap with the worst on top, and the best that was ever cut as a line that nothing worse gets past.
 * Holds no more than fits, however large the book.
 */
export class Line<T> {
  private readonly heap: Place<T>[] = [];
  private used = 0;
  private bestCut: Place<T> | null = null;

  /** @param limit units of a day; infinite for what has no limit */
  constructor(readonly limit: number) {}

  get units(): number {
    return this.used;
  }

  /** Answers what is cut by it: nothing, itself, or what it takes the place of. */
  offer(place: Place<T>): Place<T>[] {
    if (this.bestCut !== null && !isBefore(place, this.bestCut)) return [place];
    this.push(place);
    const cut: Place<T>[] = [];
    while (this.used > this.limit) {
      const worst = this.pop();
      cut.push(worst);
      if (this.bestCut === null || isBefore(worst, this.bestCut)) this.bestCut = worst;
    }
    return cut;
  }

  kept(): readonly T[] {
    return this.heap.map(({ work }) => work);
  }

  private push(place: Place<T>): void {
    this.used += place.units;
    let at = this.heap.push(place) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.isWorse(at, above)) return;
      this.swap(at, above);
      at = above;
    }
  }

  private pop(): Place<T> {
    const [worst] = this.heap as [Place<T>];
    const last = this.heap.pop() as Place<T>;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink();
    }
    this.used -= worst.units;
    return worst;
  }

  private sink(): void {
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let worst = at;
      if (left < this.heap.length && this.isWorse(left, worst)) worst = left;
      if (right < this.heap.length && this.isWorse(right, worst)) worst = right;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private isWorse(a: number, b: number): boolean {
    return isBefore(this.heap[b] as Place<T>, this.heap[a] as Place<T>);
  }

  private swap(a: number, b: number): void {
    const kept = this.heap[a] as Place<T>;
    this.heap[a] = this.heap[b] as Place<T>;
    this.heap[b] = kept;
  }
}
