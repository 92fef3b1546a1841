import { sql, type Transaction } from 'kysely';
import { addDays } from '../domain/calendar/day';
import { instantOf } from '../domain/calendar/zone';
import type { Occurrence } from '../domain/decide/decision';
import type { Instant, IsoDate, Zone } from '../domain/units';
import { databaseNow, readClock } from './clock';
import { newRef } from './ids';
import { inTransaction, type Db } from './open-book';
import type { Tables } from './tables';
import type { PlanCuts } from './tables/plans';

/** A plan that is to bind: of one lender and one day, decided by somebody for a reason. */
export interface NewPlan {
  readonly lender: string;
  readonly day: IsoDate;
  /** Where the day is counted. */
  readonly zone: Zone;
  readonly decidedBy: string;
  /** As the staff of the book has it; null for whom it does not know. */
  readonly role: string | null;
  readonly why: string;
}

type Piece = Pick<Occurrence, 'step' | 'anchor' | 'n'>;
export type PlanCut = Omit<PlanCuts, 'plan'>;

/** Writes down a plan that is not in force yet. Answers its id. */
export async function openPlan(db: Db, plan: NewPlan): Promise<string> {
  const { zone, ...values } = plan;
  const id = newRef();
  const begins = instantOf(plan.day, '00:00', zone);
  const ends = instantOf(addDays(plan.day, 1), '00:00', zone);
  await db
    .insertInto('plans')
    .values({ ...values, id, begins, ends, body: '[]', replacedAt: null })
    .execute();
  return id;
}

/** PostgreSQL takes at most 65535 parameters in a statement. */
const ROWS = 2000;

/** What the plan decided about pieces of work; of two decisions about one piece the later holds. */
export async function keepCuts(db: Db, plan: string, cuts: readonly PlanCut[]): Promise<void> {
  const last = new Map(cuts.map((cut) => [`${cut.account} ${cut.step} ${cut.anchor} ${cut.n}`, cut]));
  const rows = [...last.values()].map((cut) => ({ ...cut, plan }));
  for (let from = 0; from < rows.length; from += ROWS)
    await db
      .insertInto('planCuts')
      .values(rows.slice(from, from + ROWS))
      .onConflict((conflict) =>
        conflict.columns(['account', 'step', 'anchor', 'n', 'plan']).doUpdateSet((eb) => ({
          channel: eb.ref('excluded.channel'),
          queue: eb.ref('excluded.queue'),
          became: eb.ref('excluded.became'),
          instead: eb.ref('excluded.instead'),
          why: eb.ref('excluded.why'),
          gain: eb.ref('excluded.gain'),
        })),
      )
      .execute();
}

/** From now on the plan binds, whole, in the place of whatever bound for its lender and day. */
export function putInForce(db: Db, id: string, body: unknown): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { lender, day } = await tx
      .selectFrom('plans')
      .select(['lender', 'day'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    await sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${lender} ${day}`}, 0))`.execute(tx);
    await tx
      .updateTable('plans')
      .set({ inForce: false, replacedAt: sql<Instant>`clock_timestamp()` })
      .where('lender', '=', lender)
      .where('day', '=', day)
      .where('inForce', '=', true)
      .execute();
    await tx
      .updateTable('plans')
      .set({ inForce: true, body: JSON.stringify(body) })
      .where('id', '=', id)
      .execute();
  });
}

/** What the plan in force decided about a piece of work. */
export interface Bound {
  readonly plan: string;
  readonly became: PlanCuts['became'];
  readonly instead: string | null;
  /** The end of the plan's day. */
  readonly ends: Instant;
  readonly why: string;
}

/**
 * What the plan of the day decided about a step's occurrence, or null: it goes as the strategy says. `now` counts only
 * in a rehearsal of the book's own clock; else the database's clock is read.
 */
export async function boundBy(
  db: Db,
  account: string,
  { step, anchor, n }: Piece,
  now: Instant,
): Promise<Bound | null> {
  const rows = await cutsOf(db)
    .where('planCuts.account', '=', account)
    .where('planCuts.step', '=', step)
    .where('planCuts.anchor', '=', anchor)
    .where('planCuts.n', '=', n)
    .execute();
  // Most steps are cut by no plan: no clock is read for them.
  if (rows.length === 0) return null;
  const clock = await readClock(db);
  const at = Date.parse(clock.kind === 'real' ? await databaseNow(db) : now);
  const found = rows.find(({ begins, ends }) => Date.parse(begins) <= at && at < Date.parse(ends));
  return found ?? null;
}

function cutsOf(db: Db) {
  return db
    .selectFrom('planCuts')
    .innerJoin('plans', 'plans.id', 'planCuts.plan')
    .select(['planCuts.plan', 'planCuts.became', 'planCuts.instead', 'planCuts.why'])
    .select(['plans.begins', 'plans.ends'])
    .where('plans.inForce', '=', true);
}

/** The cheaper channel could not be used: the piece moves a day instead, and the day counts as one of its moves. */
export async function moveInstead(
  tx: Transaction<Tables>,
  plan: string,
  account: string,
  { step, anchor, n }: Piece,
): Promise<void> {
  await tx
    .updateTable('planCuts')
    .set((eb) => ({
      became: 'moved',
      instead: null,
      why: sql<string>`${eb.ref('why')} || '; ' || ${eb.ref('instead')} || ' could not be used'`,
    }))
    .where('plan', '=', plan)
    .where('account', '=', account)
    .where('step', '=', step)
    .where('anchor', '=', anchor)
    .where('n', '=', n)
    .where('became', '=', 'fall-back')
    .execute();
}

/** How many days each piece of work of these accounts was moved by plans of days before `day`. */
export async function movesBefore(
  db: Db,
  accounts: readonly string[],
  day: IsoDate,
): Promise<ReadonlyMap<string, number>> {
  if (accounts.length === 0) return new Map();
  const rows = await db
    .selectFrom('planCuts')
    .innerJoin('plans', 'plans.id', 'planCuts.plan')
    .select(['account', 'step', 'anchor', 'n'])
    .select((eb) => eb.fn.countAll<number>().as('moves'))
    .where('account', 'in', accounts)
    .where('plans.inForce', '=', true)
    .where('plans.day', '<', day)
    .where('became', '=', 'moved')
    .groupBy(['account', 'step', 'anchor', 'n'])
    .execute();
  return new Map(rows.map((row) => [pieceOf(row.account, row), Number(row.moves)]));
}

export const pieceOf = (account: string, { step, anchor, n }: Piece): string =>
  `${account} ${step} ${anchor} ${n}`;

export interface PlanInForce {
  readonly id: string;
  readonly lender: string;
  readonly day: IsoDate;
  readonly decidedBy: string;
  readonly role: string | null;
  readonly why: string;
  readonly madeAt: Instant;
  readonly body: unknown;
}

/** The plans that bind on a day, by lender. */
export function plansInForce(db: Db, day: IsoDate, lender: string | null): Promise<PlanInForce[]> {
  return db
    .selectFrom('plans')
    .select(['id', 'lender', 'day', 'decidedBy', 'role', 'why', 'madeAt', 'body'])
    .where('day', '=', day)
    .where('inForce', '=', true)
    .$if(lender !== null, (query) => query.where('lender', '=', lender ?? ''))
    .orderBy('lender')
    .execute();
}

/** What a plan cut, the largest expected gain first. */
export function listCuts(db: Db, plan: string, limit: number): Promise<PlanCut[]> {
  return db
    .selectFrom('planCuts')
    .select(['account', 'step', 'anchor', 'n', 'channel', 'queue', 'became', 'instead', 'why', 'gain'])
    .select('currency')
    .where('plan', '=', plan)
    .orderBy('gain', 'desc')
    .orderBy('account')
    .orderBy('step')
    .limit(limit)
    .execute();
}

/** How many pieces a plan cut, by what became of them. */
export async function countCuts(
  db: Db,
  plan: string,
): Promise<{ readonly became: PlanCut['became']; readonly channel: string; readonly n: number }[]> {
  const rows = await db
    .selectFrom('planCuts')
    .select(['became', 'channel'])
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('plan', '=', plan)
    .groupBy(['became', 'channel'])
    .orderBy('became')
    .orderBy('channel')
    .execute();
  return rows.map(({ n, ...row }) => ({ ...row, n: Number(n) }));
}
