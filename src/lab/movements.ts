/** How accounts moved between two months by the number of months they were late. */
export interface Movements {
  enter: number;
  cure: number;
  worse: number;
  same: number;
  better_still_late: number;
}

export function noMovements(): Movements {
  return { enter: 0, cure: 0, worse: 0, same: 0, better_still_late: 0 };
}

/** Counts one account's move; one that stays out of lateness is not counted. */
export function countMove(movements: Movements, before: number, after: number): void {
  if (before === 0 && after === 0) return;
  if (before === 0) movements.enter += 1;
  else if (after === 0) movements.cure += 1;
  else if (after > before) movements.worse += 1;
  else if (after === before) movements.same += 1;
  else movements.better_still_late += 1;
}
