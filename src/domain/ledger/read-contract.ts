import type { Fields } from '../account/fields';
import { Refused } from '../account/fields';
import { DAY_COUNTS } from '../agreement/rate';
import { AHEAD, type LoanContract } from './loan';

/** Above this a yearly rate is a slip of the pen: 100 percent, in millionths. */
export const MOST_RATE = 1_000_000;

/** The contract of a loan that came from outside. Throws `Refused` for what does not fit. */
export function readContract(f: Fields): LoanContract {
  const rate = (name: string): number => {
    const value = f.count(name);
    if (value > MOST_RATE) throw new Refused(`"${name}" is above 100 percent`);
    return value;
  };
  const given = {
    startsOn: f.date('startsOn'),
    dayCount: f.oneOf('dayCount', DAY_COUNTS),
    rate: rate('rate'),
    penaltyRate: f.maybe('penaltyRate', rate),
    graceDays: f.maybe('graceDays', f.count),
    lateCharge: f.maybe('lateCharge', (name) => {
      const inner = f.inner(name);
      const [least, most] = [inner.amount('least'), inner.amount('most')];
      if (most < least) throw new Refused('"lateCharge" has a most amount below its least');
      return { ppm: inner.count('ppm'), least, most, tolerance: inner.amount('tolerance') };
    }),
    capRate: f.maybe('capRate', rate),
    ahead: f.maybe('ahead', (name) => f.oneOf(name, AHEAD)),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as unknown as LoanContract;
}
