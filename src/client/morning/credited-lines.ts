import { creditedIn } from '../../book/morning/credited';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import type { Line } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { ByKey, line, percent, type Three } from './lines';

/** Money of each day by value date, and to whom it is credited. */
export async function creditedLines(db: Db, days: Three<IsoDate>, lender: Of): Promise<Line[]> {
  const periods = days.map((on) => ({ from: on, to: on }));
  const sums = new ByKey();
  for (const [index, period] of periods.entries())
    for (const row of await creditedIn(db, period, lender))
      sums.add(`${row.currency} ${row.to}`, index, Number(row.amount));
  return sums.entries().map(([part, values]) => line('credited', values, part, part.slice(0, 3)));
}

/** Money of a period and its payments, by whom they are credited to. */
export async function creditedSums(
  db: Db,
  period: { readonly from: IsoDate; readonly to: IsoDate },
  lender: Of,
): Promise<Line[]> {
  const sums = new ByKey(2);
  for (const { currency, to, payments, amount } of await creditedIn(db, period, lender)) {
    sums.add(`${currency} ${to}`, 0, Number(amount));
    sums.add(`${currency} ${to}`, 1, Number(payments));
  }
  return sums
    .entries()
    .flatMap(([part, [amount = 0, payments = 0]]) => [
      line('credited', amount, part, part.slice(0, 3)),
      line('credited-payments', payments, part),
    ]);
}

/** Money of a period to whom it is credited, with the steps behind it, each as a share of all. */
export async function creditedOver(
  db: Db,
  period: { readonly from: IsoDate; readonly to: IsoDate },
  lender: Of,
): Promise<Line[]> {
  const [amounts, all] = [new ByKey(1), new Map<string, number>()];
  for (const { currency, to, step, amount } of await creditedIn(db, period, lender)) {
    const n = Number(amount);
    all.set(currency, (all.get(currency) ?? 0) + n);
    amounts.add(`${currency} ${to}`, 0, n);
    if (step !== null) amounts.add(`${currency} ${to}, step ${step}`, 0, n);
  }
  return amounts.entries().flatMap(([part, [amount = 0]]) => {
    const currency = part.slice(0, 3);
    return [
      line('credited', amount, part, currency),
      line('credited-share', percent(amount, all.get(currency) ?? 0), part),
    ];
  });
}
