import type { Db } from '../../book/open-book';
import {
  hostDueIn,
  movesIn,
  runningOn,
  type MoveRow,
  type Period,
  type RunningRow,
} from '../../book/morning/flow';
import { stopRollGap, type Of } from '../../book/morning/stock';
import { addDays } from '../../domain/calendar/day';
import { firstOfMonth } from '../../domain/calendar/same-day';
import type { FigureName } from '../../domain/morning/definitions';
import type { Line, Section } from '../../domain/morning/report';
import type { Capacity } from '../../domain/plan/capacity';
import type { Currency, IsoDate } from '../../domain/units';
import { ByKey, line, percent, type Three } from './lines';

const GAP_DAYS = [1, 3, 5] as const;
const MOVES: readonly FigureName[] = [
  ...(['enrolled', 'taken-over', 'late', 'cured', 'self-cured', 'worse', 'better', 'written-off'] as const),
  ...(['exit-settled', 'exit-sold', 'exit-closed', 'exit-cured', 'reopened'] as const),
];

/** Entries, exits, roll and roll-back, and what is about to roll. */
export async function flowSection(
  db: Db,
  days: Three<IsoDate>,
  lender: Of,
  { rollTargets }: Pick<Capacity, 'rollTargets'>,
): Promise<Section> {
  const [day] = days;
  const ofDay = await Promise.all(days.map((on) => movesIn(db, { from: on, to: on }, lender)));
  const toDate = await Promise.all(days.map((on) => movesIn(db, monthOf(on), lender)));
  const lines = [...moveLines(ofDay, 'on the day'), ...moveLines(toDate, 'month to date')];
  lines.push(...rollLines(toDate, rollTargets));
  lines.push(...flowThrough(toDate), ...(await entryLines(db, days, lender)));
  lines.push(...runningLines(await Promise.all(days.map((on) => runningOn(db, on, lender)))));
  for (const row of await stopRollGap(db, day, GAP_DAYS, lender)) {
    const part = `${row.currency} in ${row.within} ${row.within === 1 ? 'day' : 'days'}`;
    lines.push(line('gap-accounts', Number(row.accounts), part));
    lines.push(line('gap-past-due', Number(row.pastDue), part, row.currency));
  }
  return {
    id: 'flow',
    title: '3 Flow',
    lines,
    notes: [
      'Cards roll by their own cycle, taken on the first day on which a missed minimum is late; loans by month end.',
      "Only accounts in the book have a roll. The entry rate is of all accounts of the host's files; without files there is none.",
    ],
  };
}

/** A cycle, so that each account falls due once in it. */
const ENTRY_DAYS = 30;

/** Of all accounts of the host's files that fell due, those that became late. */
async function entryLines(db: Db, days: Three<IsoDate>, lender: Of): Promise<Line[]> {
  const [due, late] = [new ByKey(), new ByKey()];
  for (const [index, to] of days.entries()) {
    const period = { from: addDays(to, 1 - ENTRY_DAYS), to };
    for (const row of await hostDueIn(db, period, lender)) due.add(row.currency, index, Number(row.accounts));
    for (const { currency, kind, toBucket, accounts } of await movesIn(db, period, lender))
      // Whom the host's file brings on the first late day comes late into the book.
      if (kind === 'late' || (kind === 'taken-over' && toBucket === 1))
        late.add(currency, index, Number(accounts));
  }
  return due.entries().flatMap(([currency, all]) => {
    const rates = all.map((n, index) => percent(late.of(currency)[index] ?? 0, n));
    return [line('entry-rate', rates, currency), line('host-due', all, currency)];
  });
}

/** The rolls M1 to M6 of the month, one after the other; nothing where one of them is not known. */
function flowThrough(days: readonly (readonly MoveRow[])[]): Line[] {
  const by = days.map((rows) => rolledBy(cyclesOf(rows)));
  const currencies = [...new Set(by.flatMap((rolled) => [...rolled.keys()].map((key) => key.slice(0, 3))))];
  return currencies.sort().map((currency) => {
    const values = by.map((rolled) => {
      let share = 1;
      for (let bucket = 1; bucket <= 6; bucket += 1) {
        const of = rolled.get(`${currency} M${bucket}`);
        if (of === undefined || of.all === 0) return null;
        share *= of.up / of.all;
      }
      return percent(share, 1);
    });
    return line('flow-through', values, currency);
  });
}

const monthOf = (day: IsoDate): Period => ({ from: firstOfMonth(day), to: day });

function moveLines(days: readonly (readonly MoveRow[])[], when: string): Line[] {
  const lines: Line[] = [];
  for (const figure of MOVES) {
    const sums = new ByKey();
    days.forEach((rows, index) => {
      for (const row of rows) if (row.kind === figure) sums.add(row.currency, index, Number(row.accounts));
    });
    for (const [currency, values] of sums.entries()) lines.push(line(figure, values, `${currency} ${when}`));
  }
  return lines;
}

/** Of what a bucket began with: how much went up, down, or out of being late. */
interface Rolled {
  up: number;
  down: number;
  cured: number;
  all: number;
  upAccounts: number;
  allAccounts: number;
}

const cyclesOf = (rows: readonly MoveRow[]) =>
  rows
    .filter(({ kind }) => kind === 'cycle')
    .map((row) => ({
      currency: row.currency,
      from: row.fromBucket,
      to: row.toBucket,
      accounts: Number(row.accounts),
      balance: Number(row.balance),
    }));

function rolledBy(
  rows: readonly { currency: Currency; from: number; to: number; accounts: number; balance: number }[],
) {
  const rolled = new Map<string, Rolled>();
  for (const { currency, from, to, accounts, balance } of rows) {
    const key = `${currency} M${from}`;
    const of = rolled.get(key) ?? { up: 0, down: 0, cured: 0, all: 0, upAccounts: 0, allAccounts: 0 };
    of.all += balance;
    of.allAccounts += accounts;
    if (to > from) {
      of.up += balance;
      of.upAccounts += accounts;
    } else if (from > 0 && to <= 0) of.cured += balance;
    else if (to >= 0 && to < from) of.down += balance;
    rolled.set(key, of);
  }
  return rolled;
}

function rollLines(days: readonly (readonly MoveRow[])[], targets: Capacity['rollTargets']): Line[] {
  const by = days.map((rows) => rolledBy(cyclesOf(rows)));
  const values = (key: string, of: (rolled: Rolled) => number | null): (number | null)[] =>
    by.map((rolled) => {
      const found = rolled.get(key);
      return found === undefined ? null : of(found);
    });
  return keysOf(by).flatMap((key) => {
    const target = targets[bucketIn(key)];
    return [
      line(
        'roll',
        values(key, ({ up, all }) => percent(up, all)),
        key,
      ),
      ...(target === null || target === undefined ? [] : [line('roll-target', target, key)]),
      line(
        'roll-number',
        values(key, ({ upAccounts, allAccounts }) => percent(upAccounts, allAccounts)),
        key,
      ),
      ...(bucketIn(key) > 1
        ? [
            line(
              'roll-back',
              values(key, ({ down, all }) => percent(down, all)),
              key,
            ),
          ]
        : []),
      ...(bucketIn(key) > 0
        ? [
            line(
              'cure',
              values(key, ({ cured, all }) => percent(cured, all)),
              key,
            ),
          ]
        : []),
    ];
  });
}

function runningLines(days: readonly (readonly RunningRow[])[]): Line[] {
  const by = days.map((rows) =>
    rolledBy(
      rows.map((row) => ({
        currency: row.currency,
        from: row.startBucket,
        to: row.bucket,
        accounts: Number(row.accounts),
        balance: Number(row.balance),
      })),
    ),
  );
  return keysOf(by).map((key) =>
    line(
      'roll-running',
      by.map((rolled) => {
        const of = rolled.get(key);
        return of === undefined ? null : percent(of.up, of.all);
      }),
      key,
    ),
  );
}

const keysOf = (by: readonly ReadonlyMap<string, Rolled>[]): string[] =>
  [...new Set(by.flatMap((rolled) => [...rolled.keys()]))].sort();

const bucketIn = (key: string): number => Number(key.slice(-1));
