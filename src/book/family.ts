import type { Selectable, Transaction } from 'kysely';
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
import { COUNTED, countedAttempts, longestCap } from './attempts';
import { foldAt, paidUpTo } from './fold';
import type { Endpoint } from './people';
import { lawOf } from './policy/ask';
import { strategyByHash } from './strategies';
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

/**
 * The person first, then all open accounts of theirs in the order of their references: everybody takes them so, and two
 * accounts of one person that ask at the same moment ask one after the other. Another party than the account's own
 * person has no family here: it hears of the one account that it stands on. Throws ACCOUNT_UNKNOWN.
 */
export async function lockFamily(
  tx: Tx,
  ref: string,
  addressee?: string,
): Promise<{ readonly person: PersonRow; readonly row: AccountRow; readonly others: readonly AccountRow[] }> {
  const person = await tx
    .selectFrom('people')
    .selectAll()
    .where('ref', '=', (eb) =>
      addressee === undefined
        ? eb.selectFrom('accounts').select('person').where('ref', '=', ref)
        : eb.val(addressee),
    )
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (person === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
  const rows = await tx
    .selectFrom('accounts')
    .selectAll()
    .where((eb) => {
      const own = eb('ref', '=', ref);
      if (addressee !== undefined) return own;
      return eb.or([own, eb.and([eb('person', '=', person.ref), eb('status', '=', 'open')])]);
    })
    .orderBy('ref')
    .forNoKeyUpdate()
    .execute();
  const row = rows.find((one) => one.ref === ref);
  if (row === undefined) throw new ForbearError('ACCOUNT_UNKNOWN', { ref });
  return { person, row, others: rows.filter((one) => one.ref !== ref) };
}

/** Whom the contact is to reach, and what was known of that when it was allowed. */
export interface Reached {
  readonly clock: Clock;
  readonly person: PersonRow;
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
 * account only. Under `shareSwitches`.
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
  { clock, person, spokenAt, to }: Reached,
): Promise<Other | null> {
  const { step, channel, now } = question;
  const strategy = await strategyByHash(tx, row.strategy);
  const account = await foldAt(tx, row, clock, now);
  const at = standing(account, strategy.counting, localDate(paidUpTo(account, now), row.zone));
  if (at.pastDue <= strategy.counting.tolerance) return null;
  const policy = await lawOf(tx, { ...{ strategy, step, channel, row, account, person, now }, ...to });
  const known: Known = {
    ...{ account, standing: at, open: row.status === 'open', path: row.path, spokenAt },
    zone: isZone(person.zone) ? person.zone : null,
    // Whether the person has one and lets it be used was asked for the account that speaks.
    hasEndpoint: true,
    partyHolds: holdsOfParty(account, row.person),
    attempts: await countedAttempts(tx, person.ref, now, longestCap(strategy)),
    ...(policy === null ? {} : { policy }),
  };
  if (gate(question, known, strategy).gate !== 'allow') return null;
  const going = { row, step, account, now, channel, zone: known.zone, due: now };
  const stopped = await whatStops(tx, { ...going, strategy: { hash: row.strategy, rules: strategy } });
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
export async function contactsNaming(
  tx: Tx,
  person: PersonRow,
  { ref, zone }: Pick<AccountRow, 'ref' | 'zone'>,
  now: Instant,
): Promise<readonly ContactMade[]> {
  const rows = await contactsOfDay(tx, person, zone, now)
    .innerJoin('namedAccounts', 'namedAccounts.attempt', 'attempts.id')
    .where('namedAccounts.account', '=', ref)
    .execute();
  return rows.map(({ status, expiresAt, ...contact }) => ({
    ...contact,
    underWay: isUnderWay({ status, expiresAt }),
  }));
}

/**
 * Contacts of the person's own day that were made for another account, asked for what is past due, and did not name this
 * one: it was held, capped or out of its hours then, or not there yet.
 */
export async function contactsElsewhere(
  tx: Tx,
  person: PersonRow,
  { ref, zone }: Pick<AccountRow, 'ref' | 'zone'>,
  now: Instant,
): Promise<readonly ContactMade[]> {
  const rows = await contactsOfDay(tx, person, zone, now)
    .select(['attempts.step', 'attempts.strategy'])
    .where('attempts.account', '!=', ref)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('namedAccounts')
            .select('namedAccounts.account')
            .whereRef('namedAccounts.attempt', '=', 'attempts.id')
            .where('namedAccounts.account', '=', ref),
        ),
      ),
    )
    .execute();
  const made: ContactMade[] = [];
  for (const { step: name, strategy, status, expiresAt, ...contact } of rows) {
    const step = (await strategyByHash(tx, strategy)).steps.find((one) => one.name === name);
    if (step !== undefined && speaksTogether(step, contact.channel))
      made.push({ ...contact, underWay: isUnderWay({ status, expiresAt }) });
  }
  return made;
}

/** What counts as a contact of the person on this day of theirs, the latest first. */
function contactsOfDay(tx: Tx, person: PersonRow, zone: Zone, now: Instant) {
  const own = isZone(person.zone) ? person.zone : zone;
  const day = localDate(now, own);
  return tx
    .selectFrom('attempts')
    .select(['attempts.id', 'attempts.at', 'attempts.channel', 'attempts.tone'])
    .select(['attempts.status', 'attempts.expiresAt'])
    .where('attempts.person', '=', person.ref)
    .where('attempts.at', '>=', instantOf(day, '00:00', own))
    .where('attempts.at', '<', instantOf(addDays(day, 1), '00:00', own))
    .where('attempts.status', 'in', [...COUNTED])
    .orderBy('attempts.at', 'desc');
}

/** Being sent at this moment. One whose permit has ended is not: nobody knows its end, and it counts. */
export function isUnderWay({ status, expiresAt }: { status: string; expiresAt: Instant }): boolean {
  return status === 'reserved' && Date.parse(expiresAt) > Date.now();
}
