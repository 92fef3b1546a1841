import { apply } from '../domain/account/apply';
import { begin } from '../domain/account/begin';
import { standing } from '../domain/delinquency/standing';
import type { Counting } from '../domain/strategy/strategy';
import { CARD_MONTHS, cardDay, cardEnrolment, cardEvents, type CardRow } from './card-file';
import { countMove, noMovements, type Movements } from './movements';

/** How the file counts: every cycle, outside a grace of three days, ten dollars tolerated. */
export const CARD_COUNTING: Counting = {
  grace: { days: 3, counting: 'threshold' },
  tolerance: 1000,
  bucketBy: 'cycles',
  watchDays: 30,
  pendingDays: 2,
};

export interface CardPlay {
  /** Accounts by cycles late, for each month. */
  readonly late: readonly Map<number, number>[];
  /** From each month to the next. */
  readonly movements: readonly Movements[];
  readonly accounts: number;
  readonly everLate: number;
}

/** Takes every row through its six months on the decision core alone. */
export function playCardFile(rows: readonly CardRow[]): CardPlay {
  const late = CARD_MONTHS.map(() => new Map<number, number>());
  const movements = CARD_MONTHS.slice(1).map(noMovements);
  let everLate = 0;
  for (const row of rows) {
    const cycles = cyclesByMonth(row);
    cycles.forEach((now, month) => {
      if (now > 0) late[month]?.set(now, (late[month]?.get(now) ?? 0) + 1);
      const between = movements[month - 1];
      if (between !== undefined) countMove(between, cycles[month - 1] ?? 0, now);
    });
    if (cycles.some((now) => now > 0)) everLate += 1;
  }
  return { late, movements, accounts: rows.length, everLate };
}

/** How many cycles the account was late at the end of each month, as the core sees it. */
function cyclesByMonth(row: CardRow): readonly number[] {
  let account = begin(cardEnrolment(row));
  return CARD_MONTHS.map((_name, month) => {
    for (const event of cardEvents(row, month)) account = apply(account, event);
    const at = standing(account, CARD_COUNTING, cardDay(month));
    return at.late ? at.cycles : 0;
  });
}
