import type { Selectable, Transaction } from 'kysely';
import { addDays } from '../domain/calendar/day';
import { localDate } from '../domain/calendar/zone';
import { fail } from '../domain/errors/forbear-error';
import type { Right } from '../domain/staff/roles';
import type { Instant, IsoDate, Zone } from '../domain/units';
import { contentHash } from './ids';
import { inTransaction, type Db } from './open-book';
import { actor, type Actor, type Claim } from './staff';
import type { Tables } from './tables';
import type { SecondBody } from './tables/offers';

type Tx = Transaction<Tables>;
export type SecondRow = Selectable<Tables['secondPersons']>;

/** So many days an asking is good for the second person. [assumption] */
const GOOD_DAYS = 7;

export interface Asking {
  readonly id: string;
  readonly kind: SecondRow['kind'];
  readonly account: string | null;
  readonly person: string;
  readonly subject: string;
  readonly body: SecondBody;
  readonly why: string | null;
  /** What the second person needs. */
  readonly needs: Right;
}

/**
 * Keeps what somebody asks for until a second person decides. Asked again under its id it is the same asking.
 * Throws SECOND_DIFFERENT.
 */
export async function askSecond(
  tx: Tx,
  asking: Asking,
  by: Actor,
  now: Instant,
  zone: Zone,
): Promise<SecondRow> {
  const { id, body, why: _why, ...of } = asking;
  const hash = contentHash({ ...of, body });
  await tx
    .insertInto('secondPersons')
    .values({
      ...asking,
      ...{ body: JSON.stringify(body), contentHash: hash, status: 'waits' },
      ...{ askedBy: by.ref, askedRole: by.role, askedAt: now },
      until: addDays(localDate(now, zone), GOOD_DAYS),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const row = await asked(tx, id);
  if (row.contentHash !== hash || row.askedBy !== by.ref) fail('SECOND_DIFFERENT', { id });
  return row;
}

/** The asking of that id, locked until the transaction ends. Throws SECOND_UNKNOWN. */
async function asked(tx: Tx, id: string): Promise<SecondRow> {
  const row = await tx
    .selectFrom('secondPersons')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? fail('SECOND_UNKNOWN', { id });
}

/** The same of an asking that may not be there: somebody repeats what was done. */
export async function askedBefore(db: Db, id: string): Promise<SecondRow | undefined> {
  return db.selectFrom('secondPersons').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * The second person lets it happen: `work` is done in the same transaction as it is written down. Not who asked, of a
 * role that may, and in time; again it is done once. Throws SECOND_*, STAFF_*, what `work` throws.
 */
export function letHappen(
  db: Db,
  id: string,
  by: Claim,
  { now, zone }: { readonly now: Instant; readonly zone: (tx: Tx, row: SecondRow) => Promise<Zone> },
  work: (tx: Tx, row: SecondRow, second: Actor) => Promise<void>,
): Promise<SecondRow> {
  return inTransaction(db, async (tx) => {
    const row = await asked(tx, id);
    const second = await actor(tx, by, row.needs);
    if (row.status === 'done' && row.decidedBy === second.ref) return row;
    mustWait(row, localDate(now, await zone(tx, row)));
    if (second.ref === row.askedBy) fail('SECOND_SAME_PERSON', { ref: second.ref, id });
    await work(tx, row, second);
    return over(tx, row, 'done', second, now);
  });
}

/** Declined by somebody who could have let it happen, or taken back by whoever asked. Throws SECOND_*, STAFF_*. */
export function refuseSecond(
  db: Db,
  id: string,
  how: 'declined' | 'withdrawn',
  by: Claim,
  now: Instant,
): Promise<SecondRow> {
  return inTransaction(db, async (tx) => {
    const row = await asked(tx, id);
    const right: Right = how === 'declined' ? row.needs : ASKS[row.kind];
    const who = await actor(tx, by, right);
    if (row.status === how) return row;
    if (row.status !== 'waits') fail('SECOND_OVER', { id, status: row.status });
    return over(tx, row, how, who, now);
  });
}

const ASKS: Readonly<Record<SecondRow['kind'], Right>> = {
  release: 'ask-release',
  'end-agreement': 'end-agreement',
};

function mustWait(row: SecondRow, day: IsoDate): void {
  const status = secondStatus(row, day);
  if (status !== 'waits') fail('SECOND_OVER', { id: row.id, status });
}

/** How an asking stands on a day: what nobody decided in time is gone. */
export function secondStatus({ status, until }: SecondRow, day: IsoDate): SecondRow['status'] | 'expired' {
  return status === 'waits' && day > until ? 'expired' : status;
}

async function over(
  tx: Tx,
  row: SecondRow,
  status: SecondRow['status'],
  { ref, role }: Actor,
  now: Instant,
): Promise<SecondRow> {
  const change = { status, decidedBy: ref, decidedRole: role, decidedAt: now };
  await tx.updateTable('secondPersons').set(change).where('id', '=', row.id).execute();
  return { ...row, ...change };
}

/** What waits for a second person, the oldest first: of everything, of a kind, or of an account and its people. */
export async function waitingForSecond(
  db: Db,
  day: IsoDate,
  of: { readonly kind?: SecondRow['kind']; readonly account?: { ref: string; person: string } } = {},
): Promise<SecondRow[]> {
  let query = db
    .selectFrom('secondPersons')
    .selectAll()
    .where('status', '=', 'waits')
    .where('until', '>=', day)
    .orderBy('askedAt')
    .orderBy('id')
    .limit(500);
  const { kind, account } = of;
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (account !== undefined)
    query = query.where((eb) =>
      eb.or([
        eb('account', '=', account.ref),
        eb.and([eb('account', 'is', null), eb('person', '=', account.person)]),
      ]),
    );
  return query.execute();
}
