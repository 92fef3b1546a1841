import { daysOf, divided, type DayCount, type RatePpm } from '../agreement/rate';
import { addDays } from '../calendar/day';
import type { IsoDate, Minor } from '../units';

const PPM = 1_000_000n;

/**
 * Interest that grows day by day and is posted in whole minor units. What is less than a unit is carried, not dropped:
 * the sum of all postings is the exact sum rounded half up, whatever the days in between.
 */
export class Accrual {
  private exact = 0n;
  private posted: Minor = 0;
  private readonly unit: bigint;

  constructor(private readonly dayCount: DayCount) {
    this.unit = PPM * BigInt(daysOf(dayCount, '2026-01-01', '2026-01-02')[1]);
  }

  /** What is to be posted for the night that ends on the day. */
  grow(amount: Minor, rate: RatePpm, day: IsoDate): Minor {
    const [days] = daysOf(this.dayCount, addDays(day, -1), day);
    this.exact += BigInt(amount) * BigInt(rate) * BigInt(Math.max(0, days));
    const whole = Number(divided(this.exact, this.unit));
    const now = whole - this.posted;
    this.posted = whole;
    return now;
  }
}
