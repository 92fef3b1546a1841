import type { IsoDate, Minor } from '../units';
import { movesOf, type Move } from './moves';
import type { Cohort, Span } from './span';

/** Accounts and amounts that a day changes a sum by: what stands on a day is the sum of all changes up to it. */
export interface Change {
  readonly day: IsoDate;
  readonly accounts: number;
  readonly pastDue: Minor;
  readonly balance: Minor;
}

type Book = Omit<Cohort, 'account'>;
export type StockChange = Change &
  Book &
  Pick<Span, 'bucket' | 'holds' | 'promised' | 'writtenOff'> & {
    readonly stage: string;
    readonly segment: string;
  };
/** Of what began the running cycles in a bucket, what stands in each bucket now. `bucket` -1 has left the book. */
export type RunningChange = Change & Book & { readonly startBucket: number; readonly bucket: number };
export type MoveChange = Change & Book & Pick<Move, 'kind'> & { readonly from: number; readonly to: number };

/** Stands for a bucket that there is none of: before coming into the book, or after leaving it. */
export const NO_BUCKET = -1;

export interface Changes {
  readonly stock: readonly StockChange[];
  readonly running: readonly RunningChange[];
  readonly moves: readonly MoveChange[];
}

/** What one account's spans add to the sums of the book. */
export function changesOf({ account: _account, ...book }: Cohort, spans: readonly Span[]): Changes {
  const stock: StockChange[] = [];
  const running: RunningChange[] = [];
  for (const span of spans) {
    if (span.ended === null) {
      const { bucket, holds, promised, writtenOff } = span;
      const where = { ...book, bucket, holds, promised, writtenOff };
      const key = { ...where, stage: span.stage ?? '', segment: span.segment ?? '' };
      stock.push(...fromTo(span, span.pastDue, span.balance).map((change) => ({ ...key, ...change })));
    }
    if (span.startBucket === null) continue;
    const bucket = span.ended === null ? span.bucket : NO_BUCKET;
    const key = { ...book, startBucket: span.startBucket, bucket };
    running.push(...fromTo(span, 0, span.startBalance ?? 0).map((change) => ({ ...key, ...change })));
  }
  const moves = movesOf(spans).map(({ from, to, ...move }): MoveChange => ({
    ...book,
    ...move,
    from: from ?? NO_BUCKET,
    to: to ?? NO_BUCKET,
    accounts: 1,
  }));
  return { stock, running, moves };
}

/** In on the first day, out again on the day after the last. */
function fromTo({ from, to }: Span, pastDue: Minor, balance: Minor): Change[] {
  const change: Change = { day: from, accounts: 1, pastDue, balance };
  return to === null ? [change] : [change, less(change, to)];
}

const less = ({ accounts, pastDue, balance }: Change, day: IsoDate): Change => ({
  day,
  accounts: -accounts,
  pastDue: -pastDue,
  balance: -balance,
});
