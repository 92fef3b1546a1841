import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { Enrolment } from '../domain/account/enrolment';
import type { AccountEvent, HostUpdate, Payment } from '../domain/account/events';
import type { Terms } from '../domain/account/terms';
import { addDays } from '../domain/calendar/day';
import { instantOf } from '../domain/calendar/zone';
import type { IsoDate, Minor } from '../domain/units';

/**
 * The card file of 30,000 Taiwanese accounts (UCI "Default of Credit Card Clients", Yeh 2016, CC BY 4.0), April to
 * September 2005, as what a host would have told of it: each month the payment and then the month's figures.
 * The personal columns of the file are not read.
 */
export interface CardRow {
  readonly id: string;
  /** In minor units. */
  readonly limit: Minor;
  /** One entry a month, in the order of `CARD_MONTHS`. */
  readonly months: readonly CardMonth[];
  /** Whether it defaulted in October 2005. What is to be foretold: no event of the account is made of it. */
  readonly defaulted: boolean;
}
export interface CardMonth {
  /** As the file has it: 1 or more is that many months late; -2, -1 and 0 are not late. */
  readonly status: number;
  readonly bill: Minor;
  readonly paid: Minor;
}

export const CARD_MONTHS = ['2005-04', '2005-05', '2005-06', '2005-07', '2005-08', '2005-09'] as const;
/** How the file numbers its months, newest first; it has no PAY_1. */
const STATUS_COLUMNS = ['PAY_6', 'PAY_5', 'PAY_4', 'PAY_3', 'PAY_2', 'PAY_0'] as const;

const ZONE = 'Asia/Taipei';
const CENTS = 100;
/** The file has no due dates: the 25th leaves the month's figures outside a grace of three days. */
const DUE_DAY = '25';
const PAY_DAY = '20';
/** Nor has it minimums: a tenth of the bill, at least 1,000 dollars. */
const MINIMUM_SHARE = 10;
const LEAST_MINIMUM = 1000 * CENTS;

/** Reads the file row by row; its lines end with a bare carriage return. */
export async function* readCardFile(path: string): AsyncGenerator<CardRow> {
  const rows = parse({ columns: true, bom: true, record_delimiter: ['\r\n', '\n', '\r'] });
  // Without this a file that is not there ends the process instead of the reading.
  const file = createReadStream(path).on('error', (error) => rows.destroy(error));
  file.pipe(rows);
  for await (const row of rows) yield cardRow(row as Readonly<Record<string, string>>);
}

function cardRow(row: Readonly<Record<string, string>>): CardRow {
  const number = (column: string): number => {
    const value = Number(row[column]);
    if (!Number.isSafeInteger(value)) throw new Error(`The card file has no whole number in ${column}`);
    return value;
  };
  const months = STATUS_COLUMNS.map((column, i) => ({
    status: number(column),
    bill: number(`BILL_AMT${6 - i}`) * CENTS,
    paid: number(`PAY_AMT${6 - i}`) * CENTS,
  }));
  return {
    id: String(number('ID')),
    limit: number('LIMIT_BAL') * CENTS,
    months,
    defaulted: number('default.payment.next.month') === 1,
  };
}

/** The account as it is taken over on the first day of the file. */
export function cardEnrolment(row: CardRow): Enrolment {
  const terms: Terms = {
    ref: `card-${row.id}`,
    lender: 'taiwan',
    person: `person-${row.id}`,
    digit: Number(row.id) % 100,
    product: 'credit_card',
    currency: 'TWD',
    zone: ZONE,
    books: 'host',
  };
  return { terms, facts: { credit_limit: row.limit }, enteredOn: '2005-04-01', events: [] };
}

/** What the host tells in one month (0 is April): the payment where there was one, then the figures of its last day. */
export function cardEvents(row: CardRow, month: number): readonly AccountEvent[] {
  const name = CARD_MONTHS[month];
  const told = row.months[month];
  if (name === undefined || told === undefined) return [];
  const update = figuresOf(told, month, name);
  return told.paid > 0 ? [paymentOf(told, month, name), update] : [update];
}

/** The last day of the month: the day that its figures are of. */
export function cardDay(month: number): IsoDate {
  const name = CARD_MONTHS[month] ?? CARD_MONTHS[0];
  return addDays(monthsLater(name, 1, '01'), -1);
}

function paymentOf({ paid }: CardMonth, month: number, name: string): Payment {
  const valueDate = `${name}-${PAY_DAY}`;
  return {
    kind: 'payment',
    id: `paid-${name}`,
    seq: month * 2 + 1,
    at: moment(valueDate, '10:00'),
    amount: paid,
    valueDate,
  };
}

function figuresOf({ status, bill }: CardMonth, month: number, name: string): HostUpdate {
  const asOf = moment(cardDay(month), '23:00');
  const late = Math.max(0, status);
  const minimum = Math.max(LEAST_MINIMUM, Math.round(bill / MINIMUM_SHARE));
  const pastDue = late * minimum;
  return {
    kind: 'host-update',
    id: `figures-${name}`,
    seq: month * 2 + 2,
    at: asOf,
    figures: {
      asOf,
      pastDue,
      oldestDue: late === 0 ? null : monthsLater(name, 1 - late, DUE_DAY),
      cycles: late,
      // Some bills of the file are below what their status says is unpaid.
      balance: Math.max(bill, pastDue),
      nextDue: monthsLater(name, 1, DUE_DAY),
      nextAmount: bill > 0 ? Math.min(minimum, bill) : 0,
    },
  };
}

const moments = new Map<string, string>();

/** The same few moments serve all accounts. */
function moment(day: IsoDate, time: string): string {
  const key = day + time;
  const known = moments.get(key) ?? instantOf(day, time, ZONE);
  moments.set(key, known);
  return known;
}

function monthsLater(name: string, months: number, day: string): IsoDate {
  const count = Number(name.slice(0, 4)) * 12 + Number(name.slice(5, 7)) - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-${day}`;
}
