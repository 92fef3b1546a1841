import type { Selectable, Transaction } from 'kysely';
import type { AccountState } from '../domain/account/state';
import { addDays } from '../domain/calendar/day';
import { instantOf, isZone, localDate } from '../domain/calendar/zone';
import type { Clock } from '../domain/clock';
import { standing, type Standing } from '../domain/delinquency/standing';
import { ForbearError } from '../domain/errors/forbear-error';
import { barred } from '../domain/policy/bars';
import type { Question } from '../domain/policy/gate';
import { speaksTogether, worstFirst, type ContactMade } from '../domain/policy/together';
import type { Instant } from '../domain/units';
import type { AccountRow } from './accounts';
import { COUNTED } from './attempts';
import { foldAt } from './fold';
import { strategyByHash } from './strategies';
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

/**
 * The other accounts that a contact is to name, the worst first: what is past due on them and may be asked for now.
 * One that is held, promised, disputed, announced or paid is left out. Empty for what speaks of its own account only.
 */
export async function othersDue(
  tx: Tx,
  others: readonly AccountRow[],
  question: Question,
  clock: Clock,
): Promise<readonly Other[]> {
  if (!speaksTogether(question.step, question.channel)) return [];
  const due: Other[] = [];
  for (const row of others) {
    const strategy = await strategyByHash(tx, row.strategy);
    const account = await foldAt(tx, row, clock, question.now);
    const at = standing(account, strategy.counting, localDate(question.now, row.zone));
    const known = { ...NOTHING, account, standing: at, open: row.status === 'open', path: row.path };
    const bar = barred(question, known, strategy);
    if (bar === null && at.pastDue > strategy.counting.tolerance) due.push({ row, account, standing: at });
  }
  return due.sort(worstFirst);
}

/** Whether the person may be reached was asked for the account that speaks. */
const NOTHING = { zone: null, hasEndpoint: true, spokenAt: null, attempts: [] } as const;

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
  const own = isZone(person.zone) ? person.zone : zone;
  const day = localDate(now, own);
  const rows = await tx
    .selectFrom('attempts')
    .innerJoin('namedAccounts', 'namedAccounts.attempt', 'attempts.id')
    .select(['attempts.id', 'attempts.at', 'attempts.channel', 'attempts.tone'])
    .select(['attempts.status', 'attempts.expiresAt'])
    .where('namedAccounts.account', '=', ref)
    .where('attempts.person', '=', person.ref)
    .where('attempts.at', '>=', instantOf(day, '00:00', own))
    .where('attempts.at', '<', instantOf(addDays(day, 1), '00:00', own))
    .where('attempts.status', 'in', [...COUNTED])
    .orderBy('attempts.at', 'desc')
    .execute();
  return rows.map(({ status, expiresAt, ...contact }) => ({
    ...contact,
    underWay: isUnderWay({ status, expiresAt }),
  }));
}

/** Being sent at this moment. One whose permit has ended is not: nobody knows its end, and it counts. */
export function isUnderWay({ status, expiresAt }: { status: string; expiresAt: Instant }): boolean {
  return status === 'reserved' && Date.parse(expiresAt) > Date.now();
}
