/** The highest bucket: M7 and above. */
const HIGHEST = 7;
const DAYS = 30;

/** M-number by cycles past due: M1 is one cycle, M7 seven and more (ladders 1.2). */
export function bucketByCycles(cycles: number): number {
  return Math.min(cycles, HIGHEST);
}

/** M-number by days past due: M1 is 1–30, M2 31–60 … M7 above 180 (ladders 1.2). */
export function bucketByDays(days: number): number {
  return days <= 0 ? 0 : Math.min(Math.ceil(days / DAYS), HIGHEST);
}
