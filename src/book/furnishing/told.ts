import { sql, type Selectable } from 'kysely';
import type { IsoDate } from '../../domain/units';
import type { Db } from '../open-book';
import type { Tables } from '../tables';

export type ToldRow = Selectable<Tables['bureauTold']>;

/** What a file says of one account. */
export interface NewTold {
  readonly account: string;
  readonly state: ToldRow['state'];
  readonly fields: unknown;
  readonly told: unknown;
  readonly length: number | null;
  readonly corrects: boolean;
  readonly codes: readonly string[] | null;
  readonly why: readonly string[];
}

/** Writes or replaces what a file that is not sent says of accounts. */
export async function putTold(db: Db, file: string, rows: readonly NewTold[]): Promise<void> {
  if (rows.length === 0) return;
  const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
  await db
    .insertInto('bureauTold')
    .values(
      rows.map(({ account, state, fields, told, length, corrects, codes, why }) => ({
        ...{ file, account, state, length, corrects },
        ...{ fields: json(fields), told: json(told), codes: json(codes), why: JSON.stringify(why) },
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['file', 'account']).doUpdateSet((eb) => ({
        ...{
          state: eb.ref('excluded.state'),
          fields: eb.ref('excluded.fields'),
          told: eb.ref('excluded.told'),
        },
        ...{
          length: eb.ref('excluded.length'),
          codes: eb.ref('excluded.codes'),
          why: eb.ref('excluded.why'),
        },
      })),
    )
    .execute();
}

/** How far a file is: the last account that stands in it, empty before the first. */
export async function lastTold(db: Db, file: string): Promise<string> {
  const row = await db
    .selectFrom('bureauTold')
    .select((eb) => eb.fn.max('account').as('last'))
    .where('file', '=', file)
    .executeTakeFirst();
  return row?.last ?? '';
}

export interface Sums {
  readonly records: number;
  readonly aside: number;
  /** Bytes of the longest record. */
  readonly longest: number;
}

export async function sumsOf(db: Db, file: string): Promise<Sums> {
  const row = await db
    .selectFrom('bureauTold')
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere('state', '=', 'in').as('records'),
      eb.fn.countAll<number>().filterWhere('state', '=', 'aside').as('aside'),
      eb.fn.max('length').filterWhere('state', '=', 'in').as('longest'),
    ])
    .where('file', '=', file)
    .executeTakeFirstOrThrow();
  return { records: Number(row.records), aside: Number(row.aside), longest: row.longest ?? 0 };
}

/** The records of a file by account, page by page, with the lender's number. Personal: the number is the lender's own. */
export function recordsAfter(db: Db, file: string, after: string, limit: number) {
  return db
    .selectFrom('bureauTold')
    .innerJoin('accounts', 'accounts.ref', 'bureauTold.account')
    .select(['bureauTold.account', 'accounts.lenderNumber as number', 'bureauTold.fields'])
    .select(['bureauTold.corrects', 'bureauTold.why'])
    .where('file', '=', file)
    .where('state', '=', 'in')
    .where('bureauTold.account', '>', after)
    .orderBy('bureauTold.account')
    .limit(limit)
    .execute();
}

/** What a file says of one account. */
export function toldOf(db: Db, file: string, account: string): Promise<ToldRow | undefined> {
  return db
    .selectFrom('bureauTold')
    .selectAll()
    .where('file', '=', file)
    .where('account', '=', account)
    .executeTakeFirst();
}

/** Of these accounts those that stand in a file. */
export async function standingIn(
  db: Db,
  file: string,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  if (accounts.length === 0) return new Set();
  const rows = await db
    .selectFrom('bureauTold')
    .select('account')
    .where('file', '=', file)
    .where('state', '=', 'in')
    .where('account', 'in', [...accounts])
    .execute();
  return new Set(rows.map(({ account }) => account));
}

export interface LastTold {
  readonly account: string;
  readonly month: string;
  readonly onDate: IsoDate;
  readonly since: IsoDate;
  readonly fields: unknown;
  readonly told: unknown;
}

/** What was sent of these accounts last, before the file of that place. Accounts that nothing was sent of are left out. */
export async function lastSent(
  db: Db,
  reporting: string,
  accounts: readonly string[],
  before: number,
): Promise<ReadonlyMap<string, LastTold>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('bureauTold as t')
    .innerJoin('bureauFiles as f', 'f.id', 't.file')
    .distinctOn('t.account')
    .select(['t.account', 'f.month', 'f.onDate', 'f.since', 't.fields', 't.told'])
    .where('t.account', 'in', [...accounts])
    .where('t.state', '=', 'in')
    .where('f.reporting', '=', reporting)
    .where('f.status', '=', 'sent')
    .where('f.no', '<', before)
    .orderBy('t.account')
    .orderBy('f.no', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.account, row]));
}

export interface ToldMonth {
  readonly reporting: string;
  readonly file: string;
  readonly name: string;
  readonly month: string;
  readonly n: number;
  readonly onDate: IsoDate;
  readonly since: IsoDate;
  readonly status: string;
  readonly sentAt: string | null;
  readonly state: ToldRow['state'];
  readonly fields: unknown;
  readonly told: unknown;
  readonly codes: readonly string[] | null;
  readonly why: readonly string[];
  readonly answer: string | null;
  readonly answerCode: string | null;
}

/** All that files say of an account, in their order, with the bureau's answer. */
export function historyOf(db: Db, account: string, reporting?: string): Promise<ToldMonth[]> {
  let query = db
    .selectFrom('bureauTold as t')
    .innerJoin('bureauFiles as f', 'f.id', 't.file')
    .leftJoin('bureauAnswers as a', (join) =>
      join.onRef('a.file', '=', 't.file').onRef('a.account', '=', 't.account'),
    )
    .select(['f.reporting', 'f.id as file', 'f.name', 'f.month', 'f.n', 'f.onDate', 'f.since', 'f.status'])
    .select([
      'f.sentAt',
      't.state',
      't.fields',
      't.told',
      't.codes',
      't.why',
      'a.result as answer',
      'a.code as answerCode',
    ])
    .where('t.account', '=', account)
    .orderBy('f.no');
  if (reporting !== undefined) query = query.where('f.reporting', '=', reporting);
  return query.execute();
}

/** Records that were put aside, by account. */
export function asideOf(db: Db, file: string, limit: number, after = '') {
  return db
    .selectFrom('bureauTold')
    .innerJoin('accounts', 'accounts.ref', 'bureauTold.account')
    .select(['bureauTold.account', 'accounts.person', 'bureauTold.codes'])
    .where('file', '=', file)
    .where('state', '=', 'aside')
    .where('bureauTold.account', '>', after)
    .orderBy('bureauTold.account')
    .limit(limit)
    .execute();
}

/** Accounts whose last notice before adverse data, up to the day, is that one. */
export async function noticesOf(
  db: Db,
  accounts: readonly string[],
  until: IsoDate,
): Promise<ReadonlyMap<string, IsoDate>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('bureauNotices')
    .select('account')
    .select((eb) => eb.fn.max('onDate').as('on'))
    .where('account', 'in', [...accounts])
    .where('onDate', '<=', until)
    .groupBy('account')
    .execute();
  return new Map(rows.map(({ account, on }) => [account, on]));
}

/** People of these accounts who stand on them on the day or left after the day before the period, main first. */
export async function peopleOn(db: Db, accounts: readonly string[], since: IsoDate, on: IsoDate) {
  if (accounts.length === 0) return [];
  return db
    .selectFrom('parties')
    .select(['account', 'person', 'role', 'until'])
    .where('account', 'in', [...accounts])
    .where('role', 'in', ['main', 'joint', 'guarantor', 'supplementary'])
    .where('since', '<=', on)
    .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', since)]))
    .orderBy('account')
    .orderBy(sql`role <> 'main'`)
    .orderBy('since')
    .orderBy('person')
    .execute();
}
