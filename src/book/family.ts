import { sql, type InferResult, type Selectable, type Transaction } from 'kysely';
import type { AccountState, Hold } from '../domain/account/state';
import { addDays } from '../domain/calendar/day';
import { instantOf, isZone, localDate } from '../domain/calendar/zone';
import type { Clock } from '../domain/clock';
import { standing, type Standing } from '../domain/delinquency/standing';
import { ForbearError } from '../domain/errors/forbear-error';
import { gate, type Known, type Question } from '../domain/policy/gate';
import { speaksTogether, worstFirst, type ContactMade } from '../domain/policy/together';
import type { Instant, Zone } from '../domain/units';
import type { PlaceKind } from '../domain/visit/limits';
import type { AccountRow } from './accounts';
import { COUNTED, longestCap } from './attempts';
import { clockOf } from './clock';
import { asRow, type JsonRow } from './compiled-once';
import type { Locked } from './evidence/chain';
import { foldRead, paidUpTo } from './fold';
import type { Db } from './open-book';
import type { Past } from './past';
import type { Endpoint } from './people';
import { lawOf } from './policy/ask';
import { packsListed } from './policy/packs';
import { strategyByHash } from './strategies';
import { SWITCH_LOCK } from './switch-lock';
import { whatStops } from './switches';
import type { Tables } from './tables';

type Tx = Transaction<Tables>;
type PersonRow = Selectable<Tables['people']>;

/** Another open account of the person, as the journal has it now. */
export interface Other {
  readonly row: AccountRow;
  readonly account: AccountState;
  readonly standing: Standing;
}

/** Everything that a reservation locks, and what is read with the locks. */
export interface Family {
  readonly person: PersonRow;
  readonly row: AccountRow;
  readonly others: readonly AccountRow[];
  /** The end of the person's chain of evidence; null: nothing was ever kept of the person. */
  readonly chain: Locked | null;
  readonly clock: Clock;
  /** The published packs, as `packsListed` reads them. */
  readonly packs: string;
  /** The database's own moment, after the locks. */
  readonly now: Instant;
}

/**
 * The shared lock of the switches first, then the person, then all open accounts of theirs in the order of their
 * references: everybody takes them so, and two accounts of one person that ask at the same moment ask one after the
 * other. Last the person's chain. Another party than the account's own person has no family here: it hears of the one
 * account that it stands on. Throws ACCOUNT_UNKNOWN.
 */
export async function lockFamily(tx: Tx, ref: string, addressee?: string): Promise<Family> {
  const { rows } = await sql<{ readonly found: Found }>`
    select lock_for_contact(${ref}, ${addressee ?? null}, ${SWITCH_LOCK}) as found`.execute(tx);
  const found = rows[0]?.found;
  const accounts = (found?.accounts ?? []).map((one) => asRow<AccountRow>(one));
  const row = accounts.find((one) => one.ref === ref);
  if (!found?.person || row === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
  const { now } = asRow<{ now: Instant }>({ now: found.now });
  return {
    ...{ row, now },
    person: asRow<PersonRow>(found.person),
    others: accounts.filter((one) => one.ref !== ref),
    chain: found.chain === null ? null : { ...asRow<Omit<Locked, 'now'>>(found.chain), now },
    clock: clockOf(asRow<Selectable<Tables['clock']>>(found.clock)),
    packs: found.packs ?? '[]',
  };
}

interface Found {
  readonly person: JsonRow | null;
  readonly accounts: readonly JsonRow[] | null;
  readonly chain: JsonRow | null;
  readonly clock: JsonRow;
  readonly packs: string | null;
  readonly now: string;
}

/** Whom the contact is to reach, and what was known of that when it was allowed. */
export interface Reached {
  readonly family: Family;
  readonly past: Past;
  readonly spokenAt: Instant | null;
  /** Where it goes, and how many set out. */
  readonly to: {
    readonly endpoint: Endpoint | null;
    readonly place: PlaceKind | null;
    readonly staff: number | null;
  };
}

/**
 * The other accounts that a contact is to name, the worst first: what is past due on them and may be asked for now. The
 * gate is asked for each of them by its own strategy, as if it spoke itself: one that is held, promised, disputed,
 * announced, paid or stopped is left out, and one whose own hours or caps say no. Empty for what speaks of its own
 * account only. Under `lockFamily`.
 */
export async function othersDue(
  tx: Tx,
  others: readonly AccountRow[],
  question: Question,
  reached: Reached,
): Promise<readonly Other[]> {
  if (!speaksTogether(question.step, question.channel)) return [];
  const due: Other[] = [];
  for (const row of others) {
    const other = await otherDue(tx, row, question, reached);
    if (other !== null) due.push(other);
  }
  return due.sort(worstFirst);
}

async function otherDue(
  tx: Tx,
  row: AccountRow,
  question: Question,
  { family, past, spokenAt, to }: Reached,
): Promise<Other | null> {
  const { person, clock } = family;
  const { step, channel, now } = question;
  const strategy = await strategyByHash(tx, row.strategy);
  const account = foldRead(row, past.journalOf(row.ref), clock, now);
  const at = standing(account, strategy.counting, localDate(paidUpTo(account, now), row.zone));
  if (at.pastDue <= strategy.counting.tolerance) return null;
  const law = { ...past.law, packs: await packsListed(tx, family.packs, localDate(now, row.zone)) };
  const policy = lawOf(law, { ...{ strategy, step, channel, row, account, person, now }, ...to });
  const known: Known = {
    ...{ account, standing: at, open: row.status === 'open', path: row.path, spokenAt },
    zone: isZone(person.zone) ? person.zone : null,
    // Whether the person has one and lets it be used was asked for the account that speaks.
    hasEndpoint: true,
    partyHolds: holdsOfParty(account, row.person),
    attempts: past.countedOver(longestCap(strategy)),
    ...(policy === null ? {} : { policy }),
  };
  if (gate(question, known, strategy).gate !== 'allow') return null;
  const going = { row, step, account, now, channel, zone: known.zone, due: now };
  const whole = { ...going, strategy: { hash: row.strategy, rules: strategy } };
  const stopped = await whatStops(tx, whole, past.stops);
  return stopped === null ? { row, account, standing: at } : null;
}

/** Holds of this one person on the account, which goes on with others. */
export function holdsOfParty({ partyHolds = [] }: AccountState, person: string): readonly Hold[] {
  return partyHolds.filter(({ party }) => party === person);
}

/** Keeps which accounts the contact speaks of beside its own. */
export async function keepNamed(tx: Tx, attempt: string, named: readonly Other[]): Promise<void> {
  if (named.length === 0) return;
  await tx
    .insertInto('namedAccounts')
    .values(named.map(({ row, standing: at }) => ({ attempt, account: row.ref, pastDue: at.askable })))
    .execute();
}

/** Contacts of the person's own day that named the account, made for another one; what was not sent is none. */
export function contactsNaming(day: readonly ContactRow[], account: string): readonly ContactMade[] {
  return day.filter(({ named }) => named.includes(account)).map(asMade);
}

/**
 * Contacts of the person's own day that were made for another account, asked for what is past due, and did not name this
 * one: it was held, capped or out of its hours then, or not there yet.
 */
export async function contactsElsewhere(
  tx: Tx,
  day: readonly ContactRow[],
  ref: string,
): Promise<readonly ContactMade[]> {
  const made: ContactMade[] = [];
  for (const row of day) {
    if (row.account === ref || row.named.includes(ref)) continue;
    const step = (await strategyByHash(tx, row.strategy)).steps.find((one) => one.name === row.step);
    if (step !== undefined && speaksTogether(step, row.channel)) made.push(asMade(row));
  }
  return made;
}

function asMade({ id, at, channel, tone, status, expiresAt }: ContactRow): ContactMade {
  return { id, at, channel, tone, underWay: isUnderWay({ status, expiresAt }) };
}

/** Where the person's own day begins and ends. */
export function dayAround(person: PersonRow, zone: Zone, now: Instant): readonly [Instant, Instant] {
  const own = isZone(person.zone) ? person.zone : zone;
  const day = localDate(now, own);
  return [instantOf(day, '00:00', own), instantOf(addDays(day, 1), '00:00', own)];
}

export type ContactRow = InferResult<ReturnType<typeof contactsOfDay>>[number];

/** What counts as a contact of the person on a day of theirs, the latest first, with the accounts that it named. */
export function contactsOfDay(db: Db, person: string, from: Instant, to: Instant) {
  return db
    .selectFrom('attempts')
    .select(['attempts.id', 'attempts.at', 'attempts.channel', 'attempts.tone'])
    .select(['attempts.status', 'attempts.expiresAt'])
    .select(['attempts.account', 'attempts.step', 'attempts.strategy'])
    .select((eb) =>
      eb.fn
        .coalesce(
          eb
            .selectFrom('namedAccounts')
            .select((inner) => inner.fn.agg<string[]>('array_agg', ['namedAccounts.account']).as('all'))
            .whereRef('namedAccounts.attempt', '=', 'attempts.id'),
          sql<string[]>`'{}'`,
        )
        .as('named'),
    )
    .where('attempts.person', '=', person)
    .where('attempts.at', '>=', from)
    .where('attempts.at', '<', to)
    .where('attempts.status', 'in', [...COUNTED])
    .orderBy('attempts.at', 'desc');
}

/** Being sent at this moment. One whose permit has ended is not: nobody knows its end, and it counts. */
export function isUnderWay({ status, expiresAt }: { status: string; expiresAt: Instant }): boolean {
  return status === 'reserved' && Date.parse(expiresAt) > Date.now();
}
