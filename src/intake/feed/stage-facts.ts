import { currenciesOf, knownFacts, stageFacts, type StagedFact } from '../../book/feeds/host-facts';
import { contentHash } from '../../book/ids';
import type { Db } from '../../book/open-book';
import type { Currency, Instant, Zone } from '../../domain/units';
import type { Rejects } from '../file/rejects';
import { SeenRows } from '../file/seen-rows';
import type { FileRow } from './read-file';
import { factReader, type FactRow } from './to-fact';
import type { Layout } from './layout';

const BATCH = 500;

export interface FactsInto {
  readonly connection: Db;
  readonly layout: Layout;
  readonly currency: Currency;
  readonly zone: Zone;
  readonly asOf: Instant;
  readonly rejects: Rejects;
}

/** Turns the rows of a payments or debits file into the events that they are, and puts the new ones into the staging table. */
export class FactStage {
  same = 0;
  private n = 0;
  private waiting: (FactRow & { readonly n: number; readonly row: FileRow })[] = [];
  private readonly read: ReturnType<typeof factReader>;
  /** Ids that this file has told, and what of them. */
  private readonly told = new SeenRows();

  constructor(private readonly into: FactsInto) {
    this.read = factReader(into);
  }

  async take(rows: readonly FileRow[]): Promise<void> {
    for (const row of rows) {
      this.n += 1;
      const fact = 'issue' in row ? { issue: row.issue } : this.read(row.values);
      if ('issue' in fact) await this.into.rejects.add(row.record, [fact.issue]);
      else this.waiting.push({ ...fact, n: this.n, row });
    }
    if (this.waiting.length >= BATCH) await this.settle();
  }

  async settle(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    const { connection, layout, rejects } = this.into;
    const ids = batch.map(({ event }) => event.id);
    const known = await knownFacts(connection, layout.lender, ids);
    const numbers = batch.map(({ number }) => number);
    const currencies = await currenciesOf(connection, layout.lender, numbers);
    const staged: StagedFact[] = [];
    for (const { n, number, event, currency, row } of batch) {
      const wanted = currencies.get(number);
      if (currency !== null && wanted !== undefined && wanted !== currency) {
        await rejects.add(row.record, [{ code: 'ROW_MONEY_DIFFERS', args: { found: currency, wanted } }]);
        continue;
      }
      const hash = contentHash({ ...event, at: undefined, number });
      const before = known.get(event.id);
      const told = before === undefined ? this.told.note(event.id, hash, row.record.line) : null;
      if (before === undefined && told === null)
        staged.push({ n, number, id: event.id, hash, kind: event.kind, currency, body: event });
      else if (before === hash || told?.same === true) this.same += 1;
      else await rejects.add(row.record, [{ code: 'ROW_FACT_DIFFERENT', args: {} }]);
    }
    await stageFacts(connection, staged);
  }
}
