import type { AgreementRow } from '../../book/morning/agreements';
import type { Db } from '../../book/open-book';
import { stockCourse, untouched, type Of, type StockRow } from '../../book/morning/stock';
import { ownerless } from '../../book/morning/work';
import { addDays } from '../../domain/calendar/day';
import type { Course, Line, Section } from '../../domain/morning/report';
import type { Currency, IsoDate } from '../../domain/units';
import { runningLines } from './agreement-lines';
import { ByKey, line, type Three } from './lines';

/** What stands in the book at the close of the day, from snapshots of the days themselves. */
export async function stockSection(
  db: Db,
  days: Three<IsoDate>,
  lender: Of,
  rows: readonly StockRow[],
  agreements: readonly AgreementRow[],
): Promise<Section> {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  const lines: Line[] = [];
  for (const currency of currencies) {
    const [accounts, pastDue, balance, held] = [new ByKey(), new ByKey(), new ByKey(), new ByKey()];
    let promised: number[] = [0, 0, 0];
    for (const row of rows.filter((one) => one.currency === currency)) {
      const parts = [
        '',
        `M${row.bucket}`,
        `segment ${row.segment === '' ? 'none' : row.segment}`,
        `stage ${row.stage === '' ? 'none' : row.stage}`,
        ...(row.writtenOff ? ['written off'] : []),
      ];
      for (const part of parts) {
        accounts.addAll(part, row.accounts);
        pastDue.addAll(part, row.pastDue);
        balance.addAll(part, row.balance);
      }
      for (const hold of row.holds === '' ? [] : row.holds.split(',')) held.addAll(hold, row.accounts);
      if (row.promised) promised = promised.map((sum, i) => sum + (row.accounts[i] ?? 0));
    }
    const named = (part: string): string => (part === '' ? currency : `${currency} ${part}`);
    for (const [part, values] of accounts.entries()) {
      lines.push(line('stock-accounts', values, named(part)));
      lines.push(line('stock-past-due', pastDue.of(part), named(part), currency));
      lines.push(line('stock-balance', balance.of(part), named(part), currency));
    }
    for (const [hold, values] of held.entries())
      lines.push(line(hold === 'placed' ? 'placed' : 'held', values, named(hold)));
    lines.push(line('promises-open', promised, currency));
  }
  // Of the day alone: it is the one figure that looks at accounts one by one.
  for (const { currency, accounts } of await untouched(db, days[0], lender))
    lines.push(line('untouched', Number(accounts), currency));
  lines.push(line('ownerless', await ownerless(db, days[0], lender)));
  lines.push(...runningLines(agreements));
  return { id: 'stock', title: '2 Stock', lines, notes: [] };
}

/** Late accounts by bucket, segment and stage at once: where in the book the buckets lie. */
export function stockCells(rows: readonly StockRow[]): Section {
  const [accounts, pastDue, balance] = [new ByKey(), new ByKey(), new ByKey()];
  const currencies = new Map<string, Currency>();
  for (const row of rows) {
    if (row.bucket === 0) continue;
    const where = [row.segment, row.stage].map((one) => (one === '' ? 'none' : one)).join(', ');
    const part = `${row.currency} M${row.bucket}, ${where}`;
    currencies.set(part, row.currency);
    accounts.addAll(part, row.accounts);
    pastDue.addAll(part, row.pastDue);
    balance.addAll(part, row.balance);
  }
  const lines = accounts.entries().flatMap(([part, values]) => {
    const currency = currencies.get(part) ?? null;
    return [
      line('stock-accounts', values, part),
      line('stock-past-due', pastDue.of(part), part, currency),
      line('stock-balance', balance.of(part), part, currency),
    ];
  });
  return { id: 'cells', title: '2a Stock by bucket, segment and stage', lines, notes: [] };
}

const COURSE_DAYS = 56;

/** Late accounts and what is past due by bucket over eight weeks. */
export async function stockCourses(db: Db, day: IsoDate, lender: Of): Promise<Course[]> {
  const rows = await stockCourse(db, addDays(day, 1 - COURSE_DAYS), day, lender);
  const courses = new Map<string, Course & { points: { day: IsoDate; value: number }[] }>();
  for (const row of rows) {
    if (row.bucket === 0) continue;
    const part = `M${row.bucket}`;
    const key = `${row.currency} ${part}`;
    const course = courses.get(key) ?? { figure: 'stock-past-due', part, currency: row.currency, points: [] };
    course.points.push({ day: row.day, value: Number(row.pastDue) });
    courses.set(key, course);
  }
  return [...courses.values()];
}
