import { fail, ForbearError } from '../../domain/errors/forbear-error';
import { isIsoDate } from '../../domain/calendar/day';
import { formatMoney } from '../../domain/money';
import { parseSignedMoney } from '../../domain/read-money';
import type { Currency, IsoDate, Minor } from '../../domain/units';
import type { ReadRecord } from '../file/read-records';
import { amountReader, dayReader } from '../mapping/forms';
import type { Layout } from './layout';

/** What was announced of a file: by whoever sends it, or by a line of the file itself. */
export interface Announced {
  readonly date?: IsoDate;
  readonly rows?: number;
  /** In minor units. */
  readonly sum?: Minor;
}

/** What the file's own line says. Throws FEED_CONTROL_BROKEN with the line and the place in it. */
export function readControl({ record, fields }: ReadRecord, layout: Layout, currency: Currency): Announced {
  const { control } = layout;
  if (control === null || !fields.ok) return {};
  const inner = fields.values[control.mark];
  // In JSON lines the figures are members of the marked one, or stand beside it.
  const values =
    typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : fields.values;
  const broken = (field: string, wanted: string): never =>
    fail('FEED_CONTROL_BROKEN', { line: record.line, field, wanted });
  const at = (place: string | number): string => {
    const value = values[String(place)];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const rows = /^\d{1,12}$/.test(at(control.rows))
    ? Number(at(control.rows))
    : broken('rows', 'a whole number');
  const sum = moneyOr(amountReader(layout.amounts ?? {})(at(control.sum), currency), currency);
  if (sum === null) return broken('sum', `an amount in ${currency}`);
  if (control.date === undefined) return { rows, sum };
  const date = dayReader(layout.dates)(at(control.date));
  return isIsoDate(date) ? { rows, sum, date } : broken('date', `a day as ${layout.dates}`);
}

function moneyOr(text: string, currency: Currency): Minor | null {
  try {
    return parseSignedMoney(text, currency);
  } catch (error) {
    if (error instanceof ForbearError) return null;
    throw error;
  }
}

/** What reading a file counts up. */
export class Totals {
  rows = 0;
  sum = 0;

  constructor(private readonly currency: Currency) {}

  /** Counts a row. An amount that cannot be read counts for nothing, so that the sum does not fit. */
  count(amount: unknown, currency: unknown): void {
    this.rows += 1;
    if (typeof amount !== 'string' && typeof amount !== 'number') return;
    const of = typeof currency === 'string' && currency.trim() !== '' ? currency.trim() : this.currency;
    this.sum += moneyOr(String(amount), of) ?? 0;
  }

  /** Throws FEED_ROWS_DIFFER or FEED_SUM_DIFFERS where the file is not what was announced. */
  mustBe({ rows, sum }: Announced, sumOf: string | null): void {
    if (rows !== undefined && rows !== this.rows) fail('FEED_ROWS_DIFFER', { found: this.rows, said: rows });
    if (sumOf === null || sum === undefined || sum === this.sum) return;
    const say = (amount: Minor): string => `${formatMoney(amount, this.currency)} ${this.currency}`;
    fail('FEED_SUM_DIFFERS', { of: sumOf, found: say(this.sum), said: say(sum) });
  }
}
