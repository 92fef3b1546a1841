import type { IsoDate, Minor } from '../units';
import type { Span } from './span';

/**
 * What happened to an account between two of its spans.
 * `late`: newly late beyond grace. `taken-over`: late when it came into the book. `cured`: nothing late any more;
 * `self-cured`: before any human contact or visit. `worse`, `better`: another bucket. `exit-…`: closed, by reason.
 * `cycle`: a cycle (a loan's month) ended, from its first bucket to that of the next; `to` null has left the book.
 */
export type MoveKind =
  | 'enrolled'
  | 'taken-over'
  | 'reopened'
  | 'late'
  | 'cured'
  | 'self-cured'
  | 'worse'
  | 'better'
  | 'written-off'
  | 'cycle'
  | `exit-${string}`;

export interface Move {
  readonly day: IsoDate;
  readonly kind: MoveKind;
  readonly from: number | null;
  readonly to: number | null;
  /** At the start of a cycle for `cycle`; before a cure or an exit; else afterwards. */
  readonly balance: Minor;
  readonly pastDue: Minor;
}

/** The moves that an account's spans show, in the order of days. */
export function movesOf(spans: readonly Span[]): Move[] {
  const moves: Move[] = [];
  spans.forEach((span, index) => {
    const before = spans[index - 1];
    if (before === undefined) moves.push(...entering(span));
    else moves.push(...between(before, span));
    // A cycle that a closed account left without a span after it.
    if (span.to !== null && spans[index + 1]?.from !== span.to) moves.push(...cycleEnd(span, span.to, null));
  });
  return moves;
}

function entering(span: Span): Move[] {
  const came = { day: span.from, from: null, to: span.bucket, balance: span.balance, pastDue: span.pastDue };
  return [{ ...came, kind: span.bucket > 0 ? 'taken-over' : 'enrolled' }];
}

function between(a: Span, b: Span): Move[] {
  const moves: Move[] = [];
  const { from: day } = b;
  if (b.cycle !== a.cycle && a.to === day)
    moves.push(...cycleEnd(a, day, b.ended === null ? b.bucket : null));
  const now = { day, from: a.bucket, to: b.bucket, balance: b.balance, pastDue: b.pastDue };
  const was = { day, from: a.bucket, to: b.bucket, balance: a.balance, pastDue: a.pastDue };
  if (b.writtenOff && !a.writtenOff) moves.push({ ...now, kind: 'written-off' });
  if (b.ended !== null) {
    if (a.ended === null) moves.push({ ...was, to: null, kind: `exit-${b.ended}` });
    return moves;
  }
  if (a.ended !== null) return [...moves, { ...now, kind: 'reopened' }];
  if (a.bucket === b.bucket) return moves;
  if (a.bucket === 0) moves.push({ ...now, kind: 'late' });
  else if (b.bucket === 0) moves.push({ ...was, kind: a.contacted || b.contacted ? 'cured' : 'self-cured' });
  else moves.push({ ...now, kind: b.bucket > a.bucket ? 'worse' : 'better' });
  return moves;
}

function cycleEnd({ startBucket, startBalance }: Span, day: IsoDate, to: number | null): Move[] {
  if (startBucket === null) return [];
  return [{ day, kind: 'cycle', from: startBucket, to, balance: startBalance ?? 0, pastDue: 0 }];
}
