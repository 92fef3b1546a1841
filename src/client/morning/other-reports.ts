import { figuresOver, liquidationOf, promisesOver, vintages, type Cohorts } from '../../book/morning/cohorts';
import { agencyLiquidation } from '../../book/morning/credited';
import type { Of } from '../../book/morning/stock';
import type { Db } from '../../book/open-book';
import { addDays } from '../../domain/calendar/day';
import { firstOfMonth } from '../../domain/calendar/same-day';
import { costsOf } from '../../domain/morning/costs';
import type { FiguresReport, Line, Section } from '../../domain/morning/report';
import type { IsoDate } from '../../domain/units';
import { creditedOver, creditedSums } from './credited-lines';
import { healthLines } from './health';
import { line, percent, ratio } from './lines';
import { bringUp, daysFor, type ReportOptions } from './morning';

const FIRST: IsoDate = '0100-01-01';

interface Head {
  readonly report: string;
  readonly title: string;
}

async function reported(
  db: Db,
  options: ReportOptions,
  head: Head,
  make: (day: IsoDate) => Promise<readonly Section[]>,
  from: IsoDate = FIRST,
): Promise<FiguresReport> {
  const { today, asOf, days } = daysFor(options);
  const [day] = days;
  await bringUp(db, from, day, today, options);
  const { lines } = await healthLines(db, options.lender, options.now);
  const [health = ''] = lines;
  const sections = await make(day);
  return { ...head, asOf, day, lender: options.lender, madeAt: options.now, health, sections, courses: [] };
}

/** Share ever 30+, 60+ and 90+ by age, by month of opening or of entry: the answer to underwriting. */
export function vintageReport(db: Db, options: ReportOptions, by: Cohorts): Promise<FiguresReport> {
  return reported(db, options, { report: 'vintage', title: `Vintage by month of ${by}` }, async (day) => {
    const rows = await vintages(db, day, by, options.lender);
    const lines = rows.flatMap((row): Line[] => {
      const part = `${row.currency} ${row.product} ${row.cohort} (${row.accounts} accounts)`;
      const age = `month ${row.age}`;
      return [
        { ...line('ever-30', percent(row.ever30, row.accounts), part), age },
        { ...line('ever-60', percent(row.ever60, row.accounts), part), age },
        { ...line('ever-90', percent(row.ever90, row.accounts), part), age },
      ];
    });
    const paid = await liquidationOf(db, day, options.lender);
    const liquidation = paid.map((row) => ({
      ...line('liquidation', percent(row.paid, row.balance), `${row.currency} entered ${row.cohort}`),
      age: `${row.days} days`,
    }));
    return [
      { id: 'vintage', title: 'Vintage', lines, notes: [COUNTED_WHOLE] },
      { id: 'liquidation', title: 'Liquidation', lines: liquidation, notes: [COUNTED_WHOLE] },
    ];
  });
}

const COUNTED_WHOLE = 'An age is shown only when every account of the cohort has reached it.';

/** Promises judged in the month, and in the three months to date: by number and by amount. */
export function keptReport(db: Db, options: ReportOptions): Promise<FiguresReport> {
  return reported(db, options, { report: 'kept', title: 'Promises kept' }, async (day) => {
    const sections: Section[] = [];
    for (const [title, from] of [
      ['Month to date', firstOfMonth(day)],
      ['90 days', addDays(day, -89)],
    ] as const) {
      const rows = await promisesOver(db, { from, to: day }, options.lender);
      const lines = rows.flatMap((row): Line[] => {
        const part = `${row.currency}${row.by === '' ? '' : `, ${row.by}`} (${row.judged} judged)`;
        return [
          line('kept-rate', percent(row.kept, row.judged), part),
          line('kept-rate-amount', percent(row.paid, row.promised), part),
        ];
      });
      const judged = lines.length === 0 ? 'No promise was' : 'Promises';
      sections.push({ id: from, title, lines, notes: [`${judged} judged from ${from} to ${day}.`] });
    }
    return sections;
  });
}

/** Whom the money of the month to date is credited to. */
export function creditReport(db: Db, options: ReportOptions): Promise<FiguresReport> {
  const from = firstOfMonth(daysFor(options).days[0]);
  return reported(
    db,
    options,
    { report: 'credit', title: 'Whom money is credited to' },
    async (day) => {
      const lines = await creditedSums(db, { from, to: day }, options.lender);
      return [{ id: 'credit', title: `Value dates from ${from} to ${day}`, lines, notes: [CREDITED] }];
    },
    from,
  );
}

const CREDITED =
  'By value date, less what came back by the end of the period; as the book credits it now: a talk that is told late takes what was unprompted.';

/** What agencies made of what they were given, by month of placement. */
async function agencyBatches(db: Db, day: IsoDate, lender: Of): Promise<Section> {
  const rows = await agencyLiquidation(db, day, lender);
  const placed = new Map<string, Line>();
  const lines = rows.map((row) => {
    const batch = `${row.currency} ${row.agency === '' ? 'agency not named' : row.agency}, placed ${row.batch}`;
    placed.set(
      batch,
      line('agency-placed', Number(row.placed), `${batch} (${row.accounts} accounts)`, row.currency),
    );
    return {
      ...line('agency-liquidation', percent(Number(row.paid), Number(row.placed)), batch),
      age: `${row.days} days`,
    };
  });
  const notes = rows.length > 0 ? [COUNTED_WHOLE] : ['No batch of a placement has reached seven days.'];
  return { id: 'agencies', title: 'Liquidation by agency', lines: [...placed.values(), ...lines], notes };
}

/** What one unit of money received cost, in the month to date. */
export function costReport(db: Db, options: ReportOptions): Promise<FiguresReport> {
  const from = firstOfMonth(daysFor(options).days[0]);
  return reported(
    db,
    options,
    { report: 'cost', title: 'Cost of a unit of money' },
    async (day) => {
      const figures = await figuresOver(db, { from, to: day }, options.lender);
      const costs = costsOf(figures, options.capacity.costs);
      const currencies = [...new Set(figures.map(({ currency }) => currency))].sort();
      const lines = currencies.flatMap((currency): Line[] => {
        const sum = (figure: string): number =>
          figures
            .filter((row) => row.currency === currency && row.figure === figure)
            .reduce((all, { amount }) => all + Number(amount), 0);
        const received = sum('payments') - sum('reversals');
        const known = options.capacity.costs[currency] !== undefined;
        const cost = Math.round(costs.get(currency) ?? 0);
        return [
          line('received', received, currency, currency),
          line('cost', known ? cost : null, currency, currency),
          line('cost-of-a-unit', known && received > 0 ? ratio(cost, received) : null, currency),
        ];
      });
      const notes = ['Fees of agencies and courts are not in it: the book does not hold them yet.'];
      const credited = await creditedOver(db, { from, to: day }, options.lender);
      return [
        { id: 'cost', title: `From ${from} to ${day}`, lines, notes },
        { id: 'credited', title: 'Whom the money is credited to', lines: credited, notes: [CREDITED] },
        await agencyBatches(db, day, options.lender),
      ];
    },
    from,
  );
}
