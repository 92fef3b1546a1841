import { sql, type Transaction } from 'kysely';
import type { AccountEvent } from '../domain/account/events';
import { CREDIT_RULES, creditOf, type CreditedTo, type Money, type Touch } from '../domain/credit/credit';
import { concernsCredit, moneyOf, touchesOf } from '../domain/credit/from-journal';
import type { Currency, Instant, IsoDate, Minor, Zone } from '../domain/units';
import { COUNTED } from './attempts';
import { inTransaction, type Db } from './open-book';
import { strategyByHash } from './strategies';
import type { Tables } from './tables';

/** Whom a payment is credited to, as the book keeps it. */
export interface CreditRow {
  readonly account: string;
  readonly payment: string;
  readonly person: string;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly valueDate: IsoDate;
  readonly creditedTo: CreditedTo;
  /** The account and the fact (of a placement: the hold) that it is credited to. */
  readonly sourceAccount: string | null;
  readonly sourceEvent: string | null;
  readonly attempt: string | null;
  readonly step: string | null;
  readonly agency: string | null;
  readonly staff: string | null;
  /** The day on which the payment came back; null while it stands. */
  readonly takenBackOn: IsoDate | null;
}

const COLUMNS = [
  ...(['account', 'payment', 'person', 'amount', 'currency', 'valueDate', 'creditedTo'] as const),
  ...(['sourceAccount', 'sourceEvent', 'attempt', 'step', 'agency', 'staff', 'takenBackOn'] as const),
] as const;

/**
 * Credits money anew after facts were written, in the same transaction: of every person whom a fact concerns, all
 * payments on all accounts, so that a talk that is told late takes what was unprompted, and a reversal gives it back.
 * Facts of one person are credited one after the other, whichever accounts they are told of.
 */
export async function keepCredits(
  tx: Transaction<Tables>,
  facts: readonly { readonly account: string; readonly event: AccountEvent }[],
): Promise<void> {
  const accounts = facts.filter(({ event }) => concernsCredit(event)).map(({ account }) => account);
  if (accounts.length === 0) return;
  const rows = await tx
    .selectFrom('accounts')
    .select('person')
    .distinct()
    .where('ref', 'in', [...new Set(accounts)])
    .orderBy('person')
    .execute();
  await creditPeople(
    tx,
    rows.map(({ person }) => person),
  );
}

/**
 * Everything credited anew from the enrolments and the journal, page by page of people, as after an upgrade: what is
 * right is not written. Killed, it is begun again. Answers how many rows differed.
 */
export async function creditAnew(
  db: Db,
  page = 200,
  onProgress: (people: number) => void = () => undefined,
): Promise<number> {
  let changed = 0;
  let done = 0;
  for (let after = ''; ;) {
    const people = await db
      .selectFrom('people')
      .select('ref')
      .where('ref', '>', after)
      .orderBy('ref')
      .limit(page)
      .execute();
    const refs = people.map(({ ref }) => ref);
    if (refs.length > 0) changed += await inTransaction(db, (tx) => creditPeople(tx, refs));
    onProgress((done += refs.length));
    const last = refs[refs.length - 1];
    if (last === undefined || refs.length < page) return changed;
    after = last;
  }
}

/** The credits of an account's payments, by value date. */
export function creditsOf(db: Db, account: string): Promise<CreditRow[]> {
  return db
    .selectFrom('paymentCredits')
    .select(COLUMNS)
    .where('account', '=', account)
    .orderBy('valueDate')
    .orderBy('payment')
    .execute();
}

async function creditPeople(tx: Transaction<Tables>, people: readonly string[]): Promise<number> {
  // Taken after the locks of the accounts, by everybody, and nothing is locked behind them.
  for (const person of people)
    await sql`select pg_advisory_xact_lock(hashtextextended(${`credit ${person}`}, 0))`.execute(tx);
  const known = await journals(tx, people);
  const stood = await tx.selectFrom('paymentCredits').select(COLUMNS).where('person', 'in', people).execute();
  const before = new Map(stood.map((row) => [keyOf(row), row]));
  const rows: Written[] = [];
  for (const person of people) {
    const own = known.filter((one) => one.person === person);
    const touches = own.flatMap(({ account, facts, zone }) => touchesOf(account, facts, zone));
    for (const { account, facts, zone, currency, strategy, brought } of own) {
      const money = moneyOf(account, facts, zone, brought);
      if (money.length === 0) continue;
      const rules = (await strategyByHash(tx, strategy)).credit ?? CREDIT_RULES;
      for (const one of money) {
        const credit = creditOf(one, touches, rules);
        rows.push(rowOf({ person, currency }, one, credit.to, credit.touch));
      }
    }
  }
  const changed = rows.filter((row) => !isSame(row, before.get(keyOf(row))));
  for (const row of changed) await write(tx, row);
  return changed.length;
}

interface Known {
  readonly account: string;
  readonly person: string;
  readonly zone: Zone;
  readonly currency: Currency;
  readonly strategy: string;
  readonly facts: AccountEvent[];
  /** Payments that the account was enrolled with. */
  readonly brought: ReadonlySet<string>;
}

const KINDS = [
  ...(['payment', 'reversal', 'contact-outcome', 'visit-outcome', 'hold', 'release'] as const),
] as const;
const BROUGHT = `$.events[*] ? (${KINDS.map((kind) => `@.kind == "${kind}"`).join(' || ')})`;

/** The facts of those people's accounts that money is credited by: those that they came with, then their journals. */
async function journals(tx: Transaction<Tables>, people: readonly string[]): Promise<readonly Known[]> {
  // Not the whole enrolment, which may hold hundreds of instalments.
  const accounts = await tx
    .selectFrom('accounts')
    .select(['ref', 'person', 'zone', 'currency', 'strategy'])
    .select(sql<AccountEvent[]>`jsonb_path_query_array(enrolment, ${BROUGHT}::jsonpath)`.as('events'))
    .where('person', 'in', people)
    .orderBy('ref')
    .execute();
  const rows = await tx
    .selectFrom('journal')
    .innerJoin('accounts', 'accounts.ref', 'journal.account')
    .select(['accounts.ref', 'journal.body'])
    .where('accounts.person', 'in', people)
    .where('journal.kind', 'in', KINDS)
    .orderBy('accounts.ref')
    .orderBy('journal.seq')
    .execute();
  const known = new Map<string, Known>();
  for (const { ref: account, events, ...rest } of accounts) {
    const brought = new Set(events.filter(({ kind }) => kind === 'payment').map(({ id }) => id));
    known.set(account, { ...rest, account, brought, facts: [...events] });
  }
  for (const { ref, body } of rows) known.get(ref)?.facts.push(body);
  return [...known.values()].filter(({ facts }) => facts.length > 0);
}

type Written = CreditRow & { readonly touchedAt: Instant | null };

function rowOf(
  { person, currency }: { readonly person: string; readonly currency: Currency },
  money: Money,
  creditedTo: CreditRow['creditedTo'],
  touch: Touch | null,
): Written {
  const { account, payment, amount, valueDate, takenBackOn } = money;
  return {
    ...{ account, payment, person, amount, currency, valueDate, creditedTo, takenBackOn },
    sourceAccount: touch?.account ?? null,
    sourceEvent: touch?.event ?? null,
    // Looked up where the row is written.
    attempt: null,
    step: touch?.step ?? null,
    agency: touch?.kind === 'agency' ? touch.event : null,
    staff: touch?.staff ?? null,
    touchedAt: touch?.at ?? null,
  };
}

async function write(tx: Transaction<Tables>, row: Written): Promise<void> {
  const { touchedAt, ...columns } = row;
  const values = { ...columns, attempt: await attemptOf(tx, row, touchedAt) };
  await tx
    .insertInto('paymentCredits')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['account', 'payment'])
        .doUpdateSet({ ...values, creditedAt: sql<string>`clock_timestamp()` }),
    )
    .execute();
}

/** The attempt that led to the talk or visit: the last one of its step by then. */
async function attemptOf(
  tx: Transaction<Tables>,
  { sourceAccount, step }: CreditRow,
  at: Instant | null,
): Promise<string | null> {
  if (sourceAccount === null || step === null || at === null) return null;
  const row = await tx
    .selectFrom('attempts')
    .select('id')
    .where('account', '=', sourceAccount)
    .where('step', '=', step)
    .where('at', '<=', at)
    .where('status', 'in', [...COUNTED])
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

const keyOf = ({ account, payment }: CreditRow): string => `${account} ${payment}`;

/** Apart from the attempt, which is found when the row is written. */
function isSame(row: CreditRow, before: CreditRow | undefined): boolean {
  if (before === undefined) return false;
  return COLUMNS.every((column) => column === 'attempt' || row[column] === before[column]);
}
