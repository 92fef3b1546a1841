import { accountOf, findAccount, type AccountRow } from '../book/accounts';
import { isCode } from '../book/book-error';
import { sayConsent } from '../book/consents';
import { keepEvidence } from '../book/evidence/chain';
import type { Db } from '../book/open-book';
import { rolesOf } from '../book/parties';
import { giveMandate, type MandateGiven } from '../book/mandates';
import { addEndpoints, retireEndpoint, type NewEndpoint, type NewPerson } from '../book/people';
import { changeReach } from '../book/reach';
import { mustMayHold } from '../book/only-staff';
import { inTransaction } from '../book/open-book';
import { holdPerson } from '../book/personal';
import type { Released } from '../book/release-hold';
import type { Claim } from '../book/staff';
import type { HoldType } from '../domain/account/events';
import { fail } from '../domain/errors/forbear-error';
import { withEnd } from '../domain/hold/guard';
import { PARTY_RIGHTS } from '../domain/party/rights';
import type { Instant, IsoDate, Zone } from '../domain/units';
import type { ForbearClient, ReleaseInput } from './client';
import { checkEvent } from './events.schema';
import { tell, type Told } from './tell';

/** A person as commands name one. */
export interface Whom {
  readonly ref: string;
  readonly zone: Zone;
}

/** What became of something said of a person: each account that heard of it, and how. */
export interface PersonTold {
  readonly person: string;
  readonly accounts: readonly { readonly account: string; readonly told: Told }[];
}

const ANYWHERE: Zone = 'UTC';

/**
 * The person of that reference, of the lender's number for the person, or whose account that is. PERSON_UNKNOWN, also
 * where two lenders have a person of that number.
 */
export async function findPerson(db: Db, text: string): Promise<Whom> {
  const rows = await db
    .selectFrom('people')
    .select(['ref', 'zone'])
    .where((eb) => eb.or([eb('ref', '=', text), eb('lenderPerson', '=', text)]))
    .limit(2)
    .execute();
  const [row] = rows;
  if (rows.length === 1 && row !== undefined) return { ref: row.ref, zone: row.zone ?? ANYWHERE };
  try {
    const account = await findAccount(db, text);
    return { ref: account.person, zone: account.zone };
  } catch (error) {
    if (!isCode(error, 'ACCOUNT_UNKNOWN')) throw error;
  }
  // The text may be a number of somebody's life: only what looks like a reference is said again.
  return fail('PERSON_UNKNOWN', { ref: /^[a-z0-9]{16}$/.test(text) ? text : 'of that number' });
}

/**
 * The account that a promise pays: where several of a person's are spoken of in one contact, it must say which. Named by
 * the person it is that person's only open one. ACCOUNT_UNKNOWN, PROMISE_NEEDS_ACCOUNT.
 */
export async function accountToPay({ book: { db } }: ForbearClient, text: string): Promise<AccountRow> {
  try {
    return await findAccount(db, text);
  } catch (error) {
    const whom = await findPerson(db, text).catch(() => null);
    if (whom === null || !isCode(error, 'ACCOUNT_UNKNOWN')) throw error;
    const debts = (await rolesOf(db, whom.ref)).filter(({ role }) => PARTY_RIGHTS[role].debtor);
    const rows = await Promise.all(debts.map(({ account }) => accountOf(db, account)));
    const open = rows.filter(({ status }) => status === 'open');
    const [only] = open;
    if (open.length === 1 && only !== undefined) return only;
    return fail('PROMISE_NEEDS_ACCOUNT', { accounts: open.map(({ ref }) => ref).join(', ') || 'none' });
  }
}

/**
 * Holds the person on every account there is or will be; `by` is who of the staff acts, where only the staff may.
 * EVENT_MALFORMED, HOLD_*, STAFF_*.
 */
export async function holdWhom(
  client: ForbearClient,
  whom: Whom,
  said: {
    readonly hold: string;
    readonly type: HoldType;
    readonly from: IsoDate;
    readonly until?: IsoDate;
    readonly at?: Instant;
    readonly by?: string;
  },
  by?: Claim,
): Promise<PersonTold> {
  const at = said.at ?? client.now();
  const checked = checkEvent({ ...said, kind: 'hold', id: 'person', at });
  if (checked.kind !== 'hold')
    return fail('EVENT_MALFORMED', { kind: 'hold', field: 'it', reason: 'is wrong' });
  const event = withEnd(checked);
  const { hold, type, from, until = null } = event;
  const grown = await inTransaction(client.book.db, async (tx) => {
    const ref = (await mustMayHold(tx, whom.ref, event, by)) ?? event.by;
    const kept = { hold, type, from, until, at: event.at, ...(ref === undefined ? {} : { by: ref }) };
    return holdPerson(tx, whom.ref, kept);
  });
  return telling(client, whom, grown);
}

/** What became of the lifting: the accounts that heard of it, or what waits for a second person. */
export type PersonReleased = Extract<Released, { done: false }> | (PersonTold & { readonly done: true });

/** Lifts a hold of the person, by default with yesterday; one of weight waits for a second person. HOLD_*, STAFF_*. */
export async function releaseWhom(
  client: ForbearClient,
  whom: Whom,
  said: ReleaseInput,
  by: Claim,
): Promise<PersonReleased> {
  const released = await client.releaseHold({ person: whom.ref }, said, by);
  if (!released.done) return released;
  return { done: true, ...(await telling(client, whom, released.accounts)) };
}

/** Somebody acts for the person on every account, by a mandate that was checked once: a rest for its check is over. */
export async function mandateWhom(
  client: ForbearClient,
  whom: Whom,
  representative: NewPerson,
  said: { readonly since: IsoDate; readonly checkedBy: string },
): Promise<MandateGiven> {
  const given = await giveMandate(client.book.db, whom.ref, representative, { ...said, at: client.now() });
  await telling(client, whom, given.told);
  return given;
}

/** The person lets a channel be used, or refuses it. */
export async function consentWhom(
  client: ForbearClient,
  whom: Whom,
  said: { readonly channel: string; readonly says: 'given' | 'refused'; readonly by?: string },
): Promise<PersonTold> {
  const at = client.now();
  const changed = await changeReach(client.book.db, whom.ref, at, (tx) =>
    sayConsent(tx, whom.ref, { ...said, at }),
  );
  return telling(client, whom, changed);
}

/** Another way to reach the person. */
export async function addEndpoint(
  client: ForbearClient,
  whom: Whom,
  endpoints: readonly NewEndpoint[],
): Promise<PersonTold> {
  const changed = await changeReach(client.book.db, whom.ref, client.now(), (tx) =>
    addEndpoints(tx, whom.ref, endpoints),
  );
  return telling(client, whom, changed);
}

/** A number or address of the person is not used any more. ENDPOINT_UNKNOWN. */
export async function endEndpoint(
  client: ForbearClient,
  whom: Whom,
  endpoint: string,
  reason: string,
  by?: string,
): Promise<PersonTold> {
  const at = client.now();
  const changed = await changeReach(client.book.db, whom.ref, at, async (tx) => {
    const row = await tx
      .selectFrom('endpoints')
      .select('ref')
      .where('ref', '=', endpoint)
      .where('person', '=', whom.ref)
      .executeTakeFirst();
    if (row === undefined) fail('ENDPOINT_UNKNOWN', { ref: endpoint, person: whom.ref });
    await retireEndpoint(tx, endpoint, reason, at);
    const body = { event: 'endpoint-retired', endpoint, about: reason, by: by ?? null };
    await keepEvidence(tx, whom.ref, { kind: 'told', account: null, at, body });
  });
  return telling(client, whom, changed);
}

/** It counts by now; the workflows hear of it here, or from the sweep. */
export async function telling(
  { desk }: ForbearClient,
  { ref }: Whom,
  accounts: readonly string[],
): Promise<PersonTold> {
  const told: { account: string; told: Told }[] = [];
  for (const account of accounts) told.push({ account, told: await tell(desk, account) });
  return { person: ref, accounts: told };
}
