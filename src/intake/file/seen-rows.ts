import { CompactTable, hashOf } from './compact-table';

/** Which accounts, or references, the rows so far have named, and whether a second row says the same. */
export class SeenRows {
  private readonly rows = new CompactTable();

  /** Notes the row, or says which line named the key before and whether it said the same. Lines count from 1. */
  note(key: string, content: string, line: number): { readonly line: number; readonly same: boolean } | null {
    const [body] = hashOf(content);
    const before = this.rows.swap(key, (known) => known ?? [body, line]);
    return before === null ? null : { line: before[1], same: before[0] === body };
  }
}

/** How often each text has come. */
export class Tally {
  private readonly times = new CompactTable();

  /** Counts it, and says the how manieth it is. */
  count(text: string): number {
    const before = this.times.swap(text, (known) => [0, (known?.[1] ?? 0) + 1]);
    return (before?.[1] ?? 0) + 1;
  }
}
