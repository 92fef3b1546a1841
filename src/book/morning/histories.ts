import { sql } from 'kysely';
import { localDate } from '../../domain/calendar/zone';
import { maxDate } from '../../domain/calendar/day';
import type { Clock } from '../../domain/clock';
import { CLOSES_AT, type History, type KnownDecision, type KnownFact } from '../../domain/morning/history';
import type { Cohort } from '../../domain/morning/span';
import type { Counting } from '../../domain/strategy/strategy';
import type { Instant, IsoDate, Zone } from '../../domain/units';
import type { Db } from '../open-book';

export interface Filed {
  readonly cohort: Cohort;
  readonly openedOn: IsoDate | null;
  readonly history: History;
}

const [HOURS = 0, MINUTES = 0] = CLOSES_AT.split(':').map(Number);
const CLOSES_MS = (HOURS * 60 + MINUTES) * 60_000;

/** What the figures of these accounts are made of, read in four queries however many there are. */
export async function histories(db: Db, refs: readonly string[], clock: Clock): Promise<Filed[]> {
  const accounts = await db
    .selectFrom('accounts')
    .select(['ref', 'lender', 'currency', 'product', 'zone', 'enrolment', 'enrolledAt', 'strategy'])
    .where('ref', 'in', refs)
    .orderBy('ref')
    .execute();
  const facts = await factsOf(db, refs);
  const decisions = await decisionsOf(db, refs);
  const counting = await countings(db);
  return accounts.map(({ ref, lender, currency, product, ...account }) => ({
    cohort: { account: ref, lender, currency, product },
    openedOn: account.enrolment.terms.openedOn ?? null,
    history: {
      enrolment: account.enrolment,
      since: since(account.enrolment.enteredOn, account.enrolledAt, account.zone, clock),
      facts: facts.get(ref) ?? [],
      decisions: decisions.get(ref) ?? [],
      strategy: account.strategy,
      counting,
    },
  }));
}

/** An account taken over for an earlier day stands in the figures from the day on which it came into the book. */
function since(enteredOn: IsoDate, enrolledAt: Instant, zone: Zone, clock: Clock): IsoDate {
  if (clock.kind === 'rehearsal') return enteredOn;
  const known = localDate(new Date(Date.parse(enrolledAt) - CLOSES_MS).toISOString(), zone);
  return maxDate(enteredOn, known);
}

async function factsOf(db: Db, refs: readonly string[]): Promise<Map<string, KnownFact[]>> {
  const rows = await db
    .selectFrom('journal')
    .select(['account', 'seq', 'day', 'body'])
    .where('account', 'in', refs)
    .orderBy('account')
    .orderBy('seq')
    .execute();
  return inOrder(rows, ({ seq, day, body }) => ({ day, event: { ...body, seq } }));
}

/** Only what changes a stage, a segment, a promise or the end; every other decision is no matter of the figures. */
async function decisionsOf(db: Db, refs: readonly string[]): Promise<Map<string, KnownDecision[]>> {
  const rows = await db
    .selectFrom('decisions')
    .select(['account', 'day', 'at', 'code', 'args', 'strategy'])
    .select(sql<string | null>`case when action->>'do' = 'close' then action->>'reason' end`.as('close'))
    .where('account', 'in', refs)
    .where((eb) =>
      eb.or([
        eb('code', 'in', ['stage-enter', 'stage-leave', 'segment', 'segment-fall']),
        eb('code', 'like', 'promise-%'),
        eb('code', 'like', 'close-%'),
      ]),
    )
    .orderBy('account')
    .orderBy('id')
    .execute();
  return inOrder(rows, ({ account: _account, ...decision }) => decision);
}

/** By account, each in its own order; what stands later in the order counts no earlier than what stands before it. */
function inOrder<R extends { readonly account: string }, T extends { readonly day: IsoDate }>(
  rows: readonly R[],
  read: (row: R) => T,
): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const row of rows) {
    const list = lists.get(row.account) ?? [];
    const entry = read(row);
    const last = list[list.length - 1];
    list.push(last === undefined ? entry : { ...entry, day: maxDate(last.day, entry.day) });
    lists.set(row.account, list);
  }
  return lists;
}

/** How each published strategy counts. Published versions never change, and there are few of them. */
async function countings(db: Db): Promise<Map<string, Counting>> {
  const rows = await db
    .selectFrom('strategies')
    .select('hash')
    .select(sql<Counting>`compiled->'counting'`.as('counting'))
    .execute();
  return new Map(rows.map(({ hash, counting }) => [hash, counting]));
}
