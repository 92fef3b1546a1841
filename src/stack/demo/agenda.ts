import type { Instant } from '../../domain/units';

/** Something that one of the demo's people does for an account at a virtual moment. */
export interface Item {
  readonly at: Instant;
  readonly account: string;
  readonly act: () => Promise<void>;
}

/** What people are going to do, by the moment at which they do it. */
export class Agenda {
  private items: Item[] = [];

  add(item: Item): void {
    let place = this.items.length;
    while (place > 0 && (this.items[place - 1]?.at ?? '') > item.at) place -= 1;
    this.items.splice(place, 0, item);
  }

  /** Takes out everything up to a moment, the earliest first. */
  upTo(moment: Instant): readonly Item[] {
    let count = 0;
    while (count < this.items.length && (this.items[count]?.at ?? '') <= moment) count += 1;
    return this.items.splice(0, count);
  }

  get length(): number {
    return this.items.length;
  }
}
