import type { IsoDate } from '../units';
import { addDays, minDate } from '../calendar/day';
import type { Part } from './allocate';
import { Books, type LoanBooks } from './books';
import { totalOf } from './components';
import type { LedgerEntry, LoanTerms } from './loan';

/** Longer than any loan: what claims to have begun before that is a slip of the pen. Sixty years of days. */
const MOST_DAYS = 21_915;

/**
 * The books of a loan at the end of a day, folded anew from everything that happened up to it. So a reversal needs no
 * rule of its own: without the payment, every day has the order and the interest that it would have had. The same
 * entries in any order give the same books.
 */
export function foldLoan(terms: LoanTerms, entries: readonly LedgerEntry[], day: IsoDate): LoanBooks {
  return new LoanRun(terms, entries).on(day);
}

/**
 * One pass over the days of a loan, of which the books of any day may be asked: in the order of the days it is walked
 * once. Who looks ahead for what falls due asks many days one after the other.
 */
export class LoanRun {
  private books: Books;
  private readonly entries: readonly LedgerEntry[];
  private readonly known = new Map<IsoDate, LoanBooks>();
  private walked: IsoDate;
  private next = 0;

  constructor(
    private readonly terms: LoanTerms,
    entries: readonly LedgerEntry[],
  ) {
    this.entries = entries.filter(({ undone }) => undone !== true).sort(inOrder);
    this.books = new Books(terms);
    this.walked = addDays(terms.startsOn, -1);
  }

  on(day: IsoDate): LoanBooks {
    const known = this.known.get(day);
    if (known !== undefined) return known;
    if (day < this.walked) this.begin();
    const last = minDate(day, addDays(this.terms.startsOn, MOST_DAYS));
    for (let at = addDays(this.walked, 1); at <= last; at = addDays(at, 1)) this.walk(at);
    const found = this.books.on(day);
    this.known.set(day, found);
    return found;
  }

  /**
   * What each part will be when it falls due, as things stand, if from the day on everything is paid on its date. Ends
   * the run: what was paid so stands in its books.
   */
  expected(day: IsoDate): readonly Part[] {
    const found: Part[] = [];
    for (const { id, due } of this.on(day).parts) {
      if (due <= day) continue;
      const { parts, unallocated } = this.on(due);
      const part = parts.find((one) => one.id === id);
      if (part === undefined) continue;
      found.push(part);
      const open = parts.reduce((sum, one) => (one.due <= due ? sum + totalOf(one.owed) : sum), 0);
      const money = Math.max(0, open - unallocated);
      this.books.take({ kind: 'payment', id: `expected:${id}`, on: due, amount: money }, due);
      this.books.useUnallocated(due);
      this.known.clear();
    }
    return found;
  }

  private begin(): void {
    this.books = new Books(this.terms);
    this.walked = addDays(this.terms.startsOn, -1);
    this.next = 0;
  }

  /**
   * On a day: interest of the night before, the late charge, then costs, then money in the order of that day's count,
   * then what was given back and what was given up.
   */
  private walk(day: IsoDate): void {
    if (day > this.terms.startsOn) this.books.charge(day, this.entries);
    const today: LedgerEntry[] = [];
    for (let one = this.entries[this.next]; one !== undefined && one.on <= day;) {
      today.push(one);
      one = this.entries[(this.next += 1)];
    }
    const after = today.findIndex(({ kind }) => kind === 'refund' || kind === 'waiver');
    const first = after < 0 ? today : today.slice(0, after);
    for (const entry of first) this.books.take(entry, day);
    this.books.useUnallocated(day);
    if (after >= 0) {
      for (const entry of today.slice(after)) this.books.take(entry, day);
      this.books.useUnallocated(day);
    }
    this.walked = day;
  }
}

const KINDS: readonly LedgerEntry['kind'][] = [
  ...(['acceleration', 'stop', 'cost', 'credit', 'payment', 'refund', 'waiver'] as const),
];

function inOrder(a: LedgerEntry, b: LedgerEntry): number {
  const late = (entry: LedgerEntry): number => KINDS.indexOf(entry.kind);
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  return late(a) - late(b) || (a.id < b.id ? -1 : 1);
}
