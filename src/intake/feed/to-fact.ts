import { isIsoDate } from '../../domain/calendar/day';
import { isCurrency } from '../../domain/money';
import type { AccountEvent } from '../../domain/account/events';
import type { Currency, Instant, IsoDate } from '../../domain/units';
import { Tally } from '../file/seen-rows';
import { readAmount } from '../row/amount';
import type { RowIssue } from '../row/row.schema';
import type { Layout } from './layout';
import { short } from './row-hash';

/** A payment or debit result as the event that it is, and the number of its account. */
export interface FactRow {
  readonly number: string;
  /** Of its amount; null where it has none. */
  readonly currency: Currency | null;
  readonly event: AccountEvent;
}
type Told = Omit<FactRow, 'currency'>;
type Read = Told | { readonly issue: RowIssue };

export interface FactOptions {
  readonly layout: Pick<Layout, 'lender' | 'kind'>;
  readonly currency: Currency;
  readonly asOf: Instant;
}

const KINDS = ['payment', 'pending', 'refund', 'reversal', 'adjustment'] as const;
const REASONS = ['returned', 'chargeback', 'mistake'] as const;

/**
 * Reads rows of payments or debit results. Ids are made of the lender and its own reference, or of the content where it
 * gives none, so that the same row is the same fact in whatever file it stands; the reference itself never leaves the
 * book, for it may be anything. The second of two equal rows without a reference is a fact of its own.
 */
export function factReader({ layout, currency, asOf }: FactOptions) {
  const equal = new Tally();
  const idOf = (prefix: string, said: string, values: readonly string[]): string => {
    if (said !== '') return `${prefix}:${layout.lender}:${short(`ref ${said}`)}`;
    const content = values.join('\u001f');
    return `${prefix}:${layout.lender}:${short(`row ${content} ${equal.count(content)}`)}`;
  };
  const paidBy = (reference: string): string => `paid:${layout.lender}:${short(`ref ${reference}`)}`;
  const base = (values: Readonly<Record<string, unknown>>): Cells => new Cells(values, currency);

  const payment = (values: Readonly<Record<string, unknown>>): Read =>
    attempt(() => {
      const cells = base(values);
      const number = cells.text('account');
      const kind = cells.oneOf('kind', KINDS, 'payment');
      const reference = cells.maybe('id');
      if (kind === 'reversal') {
        const of = cells.text('of');
        const reason = cells.oneOf('reason', REASONS, 'returned');
        const id = idOf('back', reference, [number, of, reason]);
        return {
          number,
          event: { kind, id, at: asOf, of: paidBy(of), reason },
        };
      }
      const valueDate = cells.day('value_date');
      const posted = cells.maybe('posting_date') === '' ? {} : { postingDate: cells.day('posting_date') };
      const amount = cells.amount('amount', kind === 'adjustment');
      const content = [number, kind, valueDate, posted.postingDate ?? '', String(amount)];
      const told = { id: idOf('paid', reference, content), at: asOf, amount, valueDate };
      const announced = cells.maybe('posts');
      if (announced !== '' && (kind !== 'payment' || !cells.flag('counts', true)))
        throw malformed('posts', 'empty: only a payment that counts posts an announced one');
      if (announced !== '' && announced === reference)
        throw malformed('posts', 'the reference that the announced payment had, another than its own');
      if (kind === 'adjustment') return { number, event: { kind, ...told } };
      if (kind === 'refund')
        return {
          number,
          event: { kind, ...told, ...posted, countsTowardsMinimum: cells.flag('counts', false) },
        };
      // Money that lowers the balance only is no payment of what is past due, whatever the host calls it.
      if (!cells.flag('counts', true))
        return { number, event: { kind: 'refund', ...told, ...posted, countsTowardsMinimum: false } };
      const method = cells.maybe('method') === '' ? {} : { method: cells.code('method') };
      const pending = kind === 'pending' ? { pending: true } : {};
      const posts = announced === '' ? {} : { posts: paidBy(announced) };
      return { number, event: { kind: 'payment', ...told, ...posted, ...method, ...pending, ...posts } };
    });

  const debit = (values: Readonly<Record<string, unknown>>): Read =>
    attempt(() => {
      const cells = base(values);
      const number = cells.text('account');
      const date = cells.day('date');
      const result = cells.oneOf('result', ['paid', 'failed'] as const);
      const due = cells.maybe('due') === '' ? {} : { due: cells.day('due') };
      const retry = cells.maybe('retry_on') === '' ? {} : { retryOn: cells.day('retry_on') };
      if (retry.retryOn !== undefined && result === 'paid')
        throw malformed('retry_on', 'empty: what was paid is not tried again');
      if (retry.retryOn !== undefined && retry.retryOn < date)
        throw malformed('retry_on', 'a day that is not before the debit');
      const content = [number, date, result, ...Object.values({ ...due, ...retry })];
      const id = idOf('debit', cells.maybe('id'), content);
      return { number, event: { kind: 'debit-result', id, at: asOf, date, result, ...due, ...retry } };
    });
  const read = layout.kind === 'debits' ? debit : payment;
  return (values: Readonly<Record<string, unknown>>): FactRow | { readonly issue: RowIssue } => {
    const told = read(values);
    return 'issue' in told
      ? told
      : { ...told, currency: 'amount' in told.event ? base(values).money() : null };
  };
}

class Refused extends Error {
  constructor(readonly issue: RowIssue) {
    super(issue.code);
  }
}

function malformed(field: string, wanted: string): Refused {
  return new Refused({ code: 'ROW_FIELD_MALFORMED', args: { field, wanted } });
}

function attempt(read: () => Told): Read {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return { issue: error.issue };
    throw error;
  }
}

/** The cells of a row, read one by one; what does not fit is refused by its column. */
class Cells {
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly currency: Currency,
  ) {}

  maybe(field: string): string {
    const value = this.values[field];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? String(value).trim()
      : '';
  }

  text(field: string): string {
    const said = this.maybe(field);
    if (said === '') throw new Refused({ code: 'ROW_FIELD_MISSING', args: { field } });
    return said;
  }

  day(field: string): IsoDate {
    const said = this.text(field);
    if (isIsoDate(said)) return said;
    throw new Refused({ code: 'ROW_FIELD_MALFORMED', args: { field, wanted: 'a day as YYYY-MM-DD' } });
  }

  code(field: string): string {
    const said = this.text(field);
    if (/^[\w.:-]{1,40}$/.test(said)) return said;
    throw new Refused({
      code: 'ROW_FIELD_MALFORMED',
      args: { field, wanted: 'a short code without spaces' },
    });
  }

  oneOf<T extends string>(field: string, allowed: readonly T[], otherwise?: T): T {
    const said = this.maybe(field);
    if (said === '' && otherwise !== undefined) return otherwise;
    const found = allowed.find((one) => one === said);
    if (found !== undefined) return found;
    if (said === '') throw new Refused({ code: 'ROW_FIELD_MISSING', args: { field } });
    throw new Refused({
      code: 'ROW_FIELD_MALFORMED',
      args: { field, wanted: `one of ${allowed.join(', ')}` },
    });
  }

  flag(field: string, otherwise: boolean): boolean {
    return this.oneOf(field, ['true', 'false'], otherwise ? 'true' : 'false') === 'true';
  }

  /** The currency of the row's amount. */
  money(): Currency {
    const said = this.maybe('currency');
    if (said === '') return this.currency;
    if (isCurrency(said)) return said;
    throw new Refused({ code: 'ROW_CURRENCY_UNKNOWN', args: {} });
  }

  amount(field: string, signed: boolean): number {
    const currency = this.money();
    const read = readAmount(this.text(field), currency, signed);
    if (typeof read !== 'number') throw new Refused({ code: read, args: { field, currency } });
    if (read === 0)
      throw new Refused({
        code: 'ROW_FIELD_MALFORMED',
        args: { field, wanted: 'an amount other than zero' },
      });
    return read;
  }
}
