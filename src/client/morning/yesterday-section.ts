import { budgetsUsed, waivedOn, type AgreementRow } from '../../book/morning/agreements';
import { figuresOn, promisesIn, type FigureRow, type PromiseRow } from '../../book/morning/flow';
import type { Of, StockRow } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import type { Line, Section } from '../../domain/morning/report';
import { costsOf } from '../../domain/morning/costs';
import type { Capacity } from '../../domain/plan/capacity';
import type { IsoDate } from '../../domain/units';
import { madeLines } from './agreement-lines';
import { isAnswered, isRightParty } from './results';
import { creditedLines } from './credited-lines';
import { ByKey, line, type Three } from './lines';
import { rateLines } from './rate-lines';

/** What was done and what came of it on the last closed day. */
export async function yesterdaySection(
  db: Db,
  days: Three<IsoDate>,
  lender: Of,
  capacity: Capacity,
  {
    stock,
    agreements,
  }: { readonly stock: readonly StockRow[]; readonly agreements: readonly AgreementRow[] },
): Promise<{ readonly section: Section; readonly figures: readonly FigureRow[] }> {
  const figures = await figuresOn(db, days, lender);
  const promises = (await Promise.all(days.map((on) => promisesIn(db, { from: on, to: on }, lender)))).flat();
  const at = (day: IsoDate): number[] => days.flatMap((on, index) => (on === day ? [index] : []));
  const lines = [
    ...contactLines(figures, at),
    ...rateLines(figures, promises, stock, at),
    ...promiseLines(promises, at),
    ...madeLines(agreements, await waivedOn(db, days, lender), await budgetsUsed(db, days[0])),
    ...moneyLines(figures, at),
    ...(await creditedLines(db, days, lender)),
    ...costLines(figures, days, capacity),
  ];
  const without = currenciesWithoutCosts(figures, capacity);
  return {
    figures,
    section: {
      id: 'yesterday',
      title: '4 Yesterday',
      lines,
      notes: [
        'Money is credited by value date and as the book has it now: a talk that is told late takes what was unprompted.',
        ...without.map((currency) => `No unit costs are given for ${currency}: its cost is not known.`),
      ],
    },
  };
}

type At = (day: IsoDate) => readonly number[];

function contactLines(figures: readonly FigureRow[], at: At): Line[] {
  const lines: Line[] = [];
  for (const figure of ['attempts', 'delivered', 'undelivered', 'attempts-unknown'] as const) {
    const sums = new ByKey();
    for (const row of figures)
      if (row.figure === figure)
        for (const index of at(row.day)) {
          sums.add('', index, Number(row.n));
          sums.add(row.part, index, Number(row.n));
        }
    lines.push(...sums.entries().map(([part, values]) => line(figure, values, part)));
  }
  const [answered, rpc, reasons] = [new ByKey(), new ByKey(), new ByKey()];
  for (const row of figures)
    for (const index of at(row.day)) {
      const n = Number(row.n);
      if (row.figure === 'late-reasons') reasons.add(row.part, index, n);
      const channel = row.figure === 'visits' ? 'visit' : (row.part.split('/')[0] ?? '');
      if (isAnswered(row)) for (const part of ['', channel]) answered.add(part, index, n);
      if (isRightParty(row)) for (const part of ['', channel]) rpc.add(part, index, n);
    }
  lines.push(...answered.entries().map(([part, values]) => line('answered', values, part)));
  lines.push(...rpc.entries().map(([part, values]) => line('rpc', values, part)));
  lines.push(...reasons.entries().map(([part, values]) => line('late-reasons', values, part)));
  return lines;
}

const KEPT: readonly string[] = ['kept', 'kept-late', 'overpaid'];
/** Money that came back breaks what was kept, from the day it came back. */
const BROKEN: readonly string[] = ['broken', 'invalidated'];

function promiseLines(promises: readonly PromiseRow[], at: At): Line[] {
  const sums = {
    made: new ByKey(),
    amount: new ByKey(),
    kept: new ByKey(),
    partial: new ByKey(),
    broken: new ByKey(),
  };
  for (const row of promises)
    for (const index of at(row.day)) {
      const n = Number(row.n);
      if (row.what === 'made') {
        sums.made.add(row.currency, index, n);
        sums.amount.add(row.currency, index, Number(row.amount));
      } else if (KEPT.includes(row.status)) sums.kept.add(row.currency, index, n);
      else if (row.status === 'partial') sums.partial.add(row.currency, index, n);
      else if (BROKEN.includes(row.status)) sums.broken.add(row.currency, index, n);
    }
  return [
    ...sums.made.entries().map(([currency, values]) => line('promises-made', values, currency)),
    ...sums.amount
      .entries()
      .map(([currency, values]) => line('promises-made-amount', values, currency, currency)),
    ...sums.kept.entries().map(([currency, values]) => line('promises-kept', values, currency)),
    ...sums.partial.entries().map(([currency, values]) => line('promises-partial', values, currency)),
    ...sums.broken.entries().map(([currency, values]) => line('promises-broken', values, currency)),
  ];
}

function moneyLines(figures: readonly FigureRow[], at: At): Line[] {
  const lines: Line[] = [];
  for (const [figure, amounts] of [
    ['payments', 'payments-amount'],
    ['reversals', 'reversals-amount'],
    ['announced', null],
  ] as const) {
    const [count, amount] = [new ByKey(), new ByKey()];
    for (const row of figures)
      if (row.figure === figure)
        for (const index of at(row.day))
          for (const part of [row.currency, `${row.currency} ${row.part}`]) {
            count.add(part, index, Number(row.n));
            amount.add(part, index, Number(row.amount));
          }
    for (const [part, values] of count.entries()) {
      lines.push(line(figure, values, part));
      if (amounts !== null) lines.push(line(amounts, amount.of(part), part, part.slice(0, 3)));
    }
  }
  return lines;
}

function costLines(figures: readonly FigureRow[], days: readonly IsoDate[], capacity: Capacity): Line[] {
  const sums = new ByKey();
  days.forEach((day, index) => {
    for (const [currency, cost] of costsOf(
      figures.filter((row) => row.day === day),
      capacity.costs,
    ))
      sums.add(currency, index, Math.round(cost));
  });
  return sums.entries().map(([currency, values]) => line('cost', values, currency, currency));
}

function currenciesWithoutCosts(figures: readonly FigureRow[], { costs }: Capacity): string[] {
  const used = figures.filter(({ figure }) => figure === 'attempts').map(({ currency }) => currency);
  return [...new Set(used)].filter((currency) => costs[currency] === undefined).sort();
}
