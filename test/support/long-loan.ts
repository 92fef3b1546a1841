import type { Obligation } from '../../src/domain/account/state';

/** A loan of thirty years: 360 instalments on one day of the month, or its last day where it is shorter. */
export function thirtyYears({ day, name = '' }: { day: number; name?: string }): readonly Obligation[] {
  return Array.from({ length: 360 }, (_, k) => {
    const last = new Date(Date.UTC(2026, k + 1, 0)).getUTCDate();
    const due = new Date(Date.UTC(2026, k, Math.min(day, last))).toISOString().slice(0, 10);
    return { id: name === '' ? due : `${name}${String(k + 1).padStart(3, '0')}`, due, amount: 316_700 };
  });
}
