import type { FigureRow, PromiseRow } from '../../book/morning/flow';
import type { StockRow } from '../../book/morning/stock';
import type { Line } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { line, percent, ratio } from './lines';
import { isAnswered, isRightParty } from './results';

/** Channels whose attempts are answered or not. */
const SPOKEN: readonly string[] = ['call', 'voice_ai', 'visit'];
const KEPT: readonly string[] = ['kept', 'kept-late', 'overpaid'];

/** How much of the late book was worked, and how far each attempt came (ladders 14.1). All currencies together. */
export function rateLines(
  figures: readonly FigureRow[],
  promises: readonly PromiseRow[],
  stock: readonly StockRow[],
  at: (day: IsoDate) => readonly number[],
): Line[] {
  const sums = { attempts: three(), spoken: three(), worked: three(), answered: three(), rpc: three() };
  const judged = { made: three(), kept: three(), all: three() };
  for (const row of figures)
    for (const index of at(row.day)) {
      const add = (to: number[]): unknown => (to[index] = (to[index] ?? 0) + Number(row.n));
      if (row.figure === 'attempts') add(sums.attempts);
      if (row.figure === 'attempts' && SPOKEN.includes(row.part)) add(sums.spoken);
      if (row.figure === 'worked') add(sums.worked);
      if (isAnswered(row)) add(sums.answered);
      if (isRightParty(row)) add(sums.rpc);
    }
  for (const row of promises)
    for (const index of at(row.day)) {
      const add = (to: number[]): unknown => (to[index] = (to[index] ?? 0) + Number(row.n));
      if (row.what === 'made') add(judged.made);
      else if (WEIGHED.includes(row.status)) add(judged.all);
      if (row.what === 'judged' && KEPT.includes(row.status)) add(judged.kept);
    }
  const late = three();
  for (const { bucket, accounts } of stock)
    if (bucket > 0) accounts.forEach((n, index) => (late[index] = (late[index] ?? 0) + n));
  const shares = (part: readonly number[], whole: readonly number[]): (number | null)[] =>
    part.map((n, index) => percent(n, whole[index] ?? 0));
  return [
    line('worked', sums.worked),
    line('penetration', shares(sums.worked, late)),
    line(
      'intensity',
      sums.attempts.map((n, index) => ratio(n, sums.worked[index] ?? 0)),
    ),
    line('contact-rate', shares(sums.answered, sums.spoken)),
    line('rpc-rate', shares(sums.rpc, sums.spoken)),
    line('promise-rate', shares(judged.made, sums.rpc)),
    line('kept-rate', shares(judged.kept, judged.all)),
  ];
}

/** Judgements of what was promised; one that was cancelled or replaced is none. */
const WEIGHED: readonly string[] = [...KEPT, 'partial', 'broken', 'invalidated'];

const three = (): number[] => [0, 0, 0];
