import { cameBackSince } from '../../book/feeds/host-facts';
import { stageRows, stageUnchanged, type KnownRow, type StagedRow } from '../../book/feeds/host-rows';
import type { Db } from '../../book/open-book';
import { begin } from '../../domain/account/begin';
import { wantedOn } from '../../domain/decide/wanted';
import type { Strategy } from '../../domain/strategy/strategy';
import type { Instant, IsoDate } from '../../domain/units';
import type { Rejects } from '../file/rejects';
import { SeenRows } from '../file/seen-rows';
import type { EnrolRow } from '../row/row';
import { rowChecker, type CheckedRow, type RowIssue } from '../row/row.schema';
import { toEnrolment } from '../row/to-account';
import { againstBook, termsChanged } from './against-book';
import type { Layout } from './layout';
import type { FileRow } from './read-file';
import { contentOf, toldOf } from './row-hash';

/** Rows looked up and staged in one statement: few enough that what they were made of is soon forgotten. */
const BATCH = 500;

export interface AccountsInto {
  readonly connection: Db;
  readonly layout: Layout;
  readonly strategy: { readonly hash: string; readonly rules: Strategy };
  readonly businessDate: IsoDate;
  readonly asOf: Instant;
  readonly rejects: Rejects;
}

/** What a file of accounts comes to. */
export interface AccountCounts {
  fresh: number;
  changed: number;
  same: number;
  gone: number;
  /** Due days that moved back because money came back. */
  explained: number;
}

/** A row of the file whose content was named. */
interface Named {
  readonly n: number;
  readonly row: Extract<FileRow, { values: unknown }>;
  readonly number: string;
  /** Empty where the row says itself that it left: it is looked at in any case. */
  readonly hash: string;
  readonly left: string;
}

/**
 * Holds each row of a file against what the book knows of it and puts it into the staging table: one that is unchanged
 * with its number only, one that is new or changed checked and with the work that it means.
 */
export class AccountStage {
  readonly counts: AccountCounts = { fresh: 0, changed: 0, same: 0, gone: 0, explained: 0 };
  /** Rows that say of no account that it is in the file: then nobody can be said to have left it. */
  unnamed = 0;
  private waiting: Named[] = [];
  /** Rows that cannot be read, but name an account that is in the file all the same. */
  private present: StagedRow[] = [];
  /** The batch that the book is asked about while the next one is read. */
  private asked: Promise<void> = Promise.resolve();
  private readonly seen = new SeenRows();
  private readonly check: (values: Readonly<Record<string, unknown>>) => CheckedRow;
  private n = 0;

  constructor(private readonly into: AccountsInto) {
    const { layout, strategy, asOf } = into;
    const { product, currency, zone } = strategy.rules;
    this.check = rowChecker({
      lender: layout.lender,
      product,
      currency: layout.currency ?? currency,
      zone,
      only: { product, currency },
      asOf,
      daily: true,
      ...(layout.country === null ? {} : { country: layout.country }),
      ...(layout.language === null ? {} : { language: layout.language }),
    });
  }

  async take(rows: readonly FileRow[]): Promise<void> {
    for (const row of rows) {
      this.n += 1;
      if ('issue' in row) {
        await this.reject(row, [row.issue]);
        if (row.account === '') this.unnamed += 1;
        else this.present.push({ n: this.n, number: row.account, state: 'same' });
        continue;
      }
      const number = textOf(row.values['account']);
      if (number === '') {
        this.unnamed += 1;
        await this.reject(row, [{ code: 'ROW_FIELD_MISSING', args: { field: 'account' } }]);
        continue;
      }
      const hash = contentOf(row.values);
      const before = this.seen.note(number, hash, row.record.line);
      const left = textOf(row.values['left']);
      if (before === null) this.waiting.push({ n: this.n, row, number, hash: left === '' ? hash : '', left });
      else if (!before.same)
        await this.reject(row, [{ code: 'ROW_TWICE_DIFFERENT', args: { line: before.line } }]);
    }
    if (this.waiting.length + this.present.length >= BATCH) await this.ask();
  }

  /** Settles what waits; the stage is whole then. */
  async settle(): Promise<void> {
    await this.ask();
    await this.asked;
  }

  /** Asks the book about what waits, once it has answered for the batch before. */
  private async ask(): Promise<void> {
    await this.asked;
    const { waiting, present } = this;
    this.waiting = [];
    this.present = [];
    this.asked = this.compare(waiting, present);
    // What went wrong is thrown where it is waited for, a batch later.
    this.asked.catch(() => undefined);
  }

  private async compare(batch: readonly Named[], present: readonly StagedRow[]): Promise<void> {
    const { connection, layout } = this.into;
    const staged = [...present];
    if (batch.length > 0) {
      const others = await stageUnchanged(connection, layout.lender, batch);
      this.counts.same += batch.length - others.size;
      for (const named of batch) {
        const known = others.get(named.n);
        if (known !== undefined) staged.push(await this.judge(named, known));
      }
    }
    await stageRows(connection, staged);
  }

  private async judge(named: Named, known: KnownRow | null): Promise<StagedRow> {
    const { n, number, hash, row, left } = named;
    const there: StagedRow = { n, number, state: 'same' };
    if (left !== '') return this.gone(named, known);
    const { left: _left, ...values } = row.values;
    const terms = termsChanged(values, known);
    if (terms !== null) return this.refuse(row, [terms], there);
    const checked = this.check(values);
    if ('issues' in checked) return this.refuse(row, checked.issues, there);
    const issue = againstBook(checked.row, known, this.into.layout);
    if (issue !== null && !(await this.isExplained(issue, number, known)))
      return this.refuse(row, [issue], there);
    if (known?.hash == null) this.counts.fresh += 1;
    else this.counts.changed += 1;
    return { ...there, ...this.changed(checked.row, known), hash, state: 'fresh' };
  }

  /** The oldest due day goes back where a payment was returned: what it had paid is due again. */
  private async isExplained(issue: RowIssue, number: string, known: KnownRow | null): Promise<boolean> {
    if (issue.code !== 'ROW_DUE_BACKWARDS' || issue.args['field'] !== 'oldest_due') return false;
    const { connection, layout } = this.into;
    if (!(await cameBackSince(connection, layout.lender, number, known?.changedOn ?? '0000'))) return false;
    this.counts.explained += 1;
    return true;
  }

  /** What the book is to keep of a row that is new or changed, and what is to be done about its account. */
  private changed(row: EnrolRow, known: KnownRow | null): Partial<StagedRow> {
    const { strategy, businessDate, asOf } = this.into;
    const told = toldOf(row);
    const figures = {
      told,
      product: row.product,
      currency: row.currency,
      past_due: row.host?.pastDue ?? 0,
      cycles: row.host?.cycles ?? 0,
      balance: row.host?.balance ?? 0,
      oldest_due: row.host?.oldestDue ?? null,
      next_due: row.host?.nextDue ?? null,
      wanted_on: null,
      body: null,
      what: null,
    };
    if (known?.status === 'open') {
      return { ...figures, what: 'update', work: { row, tell: known.told !== told } };
    }
    // What a person or a sale ended is not taken up again by a file.
    if (known?.status === 'closed' && known.outcome !== 'cured') return figures;
    const wanted = wantedOn(asIfNew(row, asOf), strategy.rules, asOf);
    if (wanted === null) return figures;
    if (wanted > businessDate) return { ...figures, wanted_on: wanted, body: row };
    return { ...figures, wanted_on: wanted, what: 'enrol', work: { row } };
  }

  /** The file itself says that the account left, and why. */
  private async gone({ n, number, row, left }: Named, known: KnownRow | null): Promise<StagedRow> {
    if (!/^[\w.-]{1,40}$/.test(left)) {
      const args = { field: 'left', wanted: 'a short code without spaces' };
      return this.refuse(row, [{ code: 'ROW_FIELD_MALFORMED', args }], { n, number, state: 'same' });
    }
    if (known?.left !== true) this.counts.gone += 1;
    return { n, number, state: 'gone', reason: left };
  }

  private async refuse(row: FileRow, issues: readonly RowIssue[], there: StagedRow): Promise<StagedRow> {
    await this.into.rejects.add(row.record, issues);
    return there;
  }

  private async reject(row: FileRow, issues: readonly RowIssue[]): Promise<void> {
    await this.into.rejects.add(row.record, issues);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The account as it would be taken over: only so can the core be asked whether it is wanted. */
function asIfNew(row: EnrolRow, now: Instant) {
  const { terms, facts, enteredOn, events } = toEnrolment(row, now);
  return begin({ terms: { ...terms, ref: 'new', person: 'new', digit: 0 }, facts, enteredOn, events });
}
